similar-is-it-one = 似た事案が{ $count }件あります。これのことですか
similar-another-matter = 別件です。新しく記録する
similar-found = 似た事案: { $id } { $title }（{ $status }）
similar-if-same = 同じことなら
join-is-over = 終わった事案です。再発なら
