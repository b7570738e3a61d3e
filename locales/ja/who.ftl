# だれを呼ぶか。
who-for-incident = 連絡先　{ $id } { $title }　{ $level }
who-for = 連絡先　{ $what }
who-for-anything = 連絡先　いま動いている事案はないので、すべてを出します
who-anybody = 呼ぶ人
who-by-phone = { $role }　電話
who-by-chat = { $role }　チャット
who-next-after = { $head }（{ $length }出なければ次の人へ）
who-closed = いまは営業時間外です。電話はせず、{ $time } に知らせます。
who-nobody = まだいません
who-no-number = 番号なし
who-no-call = この事案で、すぐに呼ぶ人は決まっていません。
who-with-phones = 電話番号のある人
who-arrow = { " → 出なければ " }
who-arrow-after = { " → " }{ $length }出なければ{ " " }
who-not-set-up = 呼ぶ順番を決めるには、{ $file } に [[call]] を書きます。番号は [[person]] の phone に。
no-such-area = 「{ $word }」がわかる人は見つかりません
hint-areas = { $file } の [[person]] に areas = ["frontend"] のように書く
new-phone = 電話してください{ $role }: { $people }
new-for-role = （{ $role }）
new-chat = チャットで知らせてください{ $role }: { $people }
new-call-later = 営業時間外です。{ $time } に知らせてください{ $role }: { $people }
new-nothing-rings = 自動の電話は設定されていません。
new-all-numbers = 連絡先をすべて見る
