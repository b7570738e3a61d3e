error-label = エラー:
hint-label = ヒント:
