error-label = error:
hint-label = hint:
