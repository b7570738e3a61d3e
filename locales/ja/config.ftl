# severity.toml と incident.toml の誤り
toml-syntax = TOML として読めません: { $reason }
config-missing-key = ここに「{ $key }」がありません
config-no-words = 言葉がありません: ja = "…"、en = "…"
config-empty-value = 「{ $key }」が空です
config-expected-text = ここには文字列か { "{" } ja = "…", en = "…" { "}" } の表を書きます（いまは { $found }）
config-expected-string = ここには引用符つきの文字列を書きます（いまは { $found }）
config-expected-boolean = ここには true か false を書きます（いまは { $found }）
config-expected-strings = ここには ["a", "b"] のような文字列の並びを書きます（いまは { $found }）
config-expected-table = ここには表を書きます（いまは { $found }）
config-expected-tables = ここには [[名前]] の形の表を書きます（いまは { $found }）
config-bad-span = 「{ $value }」は時間の長さとして読めません。20m、4h、3d、2w、3bd（営業日）のように書きます
config-bad-hours = 「{ $value }」は勤務時間として読めません。09:00-18:00 のように書いてください
config-bad-date = 「{ $value }」は日付として読めません。2026-11-23 のように書きます
config-unknown-key = 「{ $name }」という項目はここにはないので、読み飛ばします
config-unknown-word = 「{ $name }」はここでは使えません
config-unknown-zone = 「{ $name }」というタイムゾーンはありません
policy-no-level = レベルが1つもありません。[[level]] が少なくとも1つ必要です
policy-unknown-level = 「{ $name }」というレベルはありません
policy-unknown-kind = 「{ $name }」という種類はありません
policy-unknown-product = 「{ $name }」というサービスはありません
policy-unknown-question = 「{ $name }」という質問はありません
policy-duplicate-id = 「{ $name }」が2回定義されています
policy-bad-id = 「{ $name }」は id に使えません。空白と = , / : # [ ] を除いてください
policy-rule-without-condition = この規則には条件がありません。when = { "{" } 質問 = true { "}" } のように書きます
hint-near-names = もしかして: { $names }
hint-known-names = ここで使えるもの: { $names }
hint-zone-example = Asia/Tokyo のような IANA の名前で書きます
unknown-template = 「{ $name }」というひな形はありません
bad-template = ひな形を使えません: { $reason }
template-refused-word = ひな形では「{ $word }」を使えません（繰り返しや変数の定義はできません）
template-too-many-includes = ひな形の include は全部で { $limit } 個までです
template-too-large = 文書が { $limit } MiBを超えます
config-control-character = この文字列には、端末を操る制御文字が入っています
