similar-is-it-one = 似た事案が{ $count }件あります。これのことですか
similar-another-matter = 別件です。新しく記録する
similar-found = 似た事案: { $id } { $title }（{ $status }）
similar-if-same = 同じことなら
join-is-over = 終わった事案です。再発なら

duplicate-circle = { $id } は { $other } と同じとされていて、堂々めぐりになります
duplicate-followed = { $id } は { $original } と同じなので、そちらにつなぎます。
original-has-duplicate = { $id }「{ $title }」もこれと同じ
original-takes-over = { $id }「{ $title }」をここに統合
carried-from = { $text }（{ $id } から）
merge-carried = { $id } に{ $count }行を引き継ぎました。
merge-leaves-actions = { $id } に終わっていない「やること」が{ $count }件残っています。
status-same-as = { $status } → { $id }
check-original-missing = { $id } と同じとされていますが、その事案がありません
check-original-circle = { $id } と同じとされていますが、たどると自分に戻ります
check-original-of-open = { $id } と同じとされているのに、まだ終わっていません
