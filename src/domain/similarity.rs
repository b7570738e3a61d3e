//! How alike two incidents seem to be by what people call them, so that one matter is not recorded twice.
//!
//! No dictionary takes the titles apart: they are runs of one script. Of Latin words the stems are compared, of kanji and
//! kana pairs of neighbouring characters. What nearly every title says, such as "error" or 「できない」, counts little.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::text::folded;

/// From here on two incidents may be one. The table of pairs below is what it was chosen by.
pub const ALIKE: f64 = 0.45;

/// What is compared of an incident.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    pub title: &'a str,
    pub kind: Option<&'a str>,
    pub products: &'a [String],
}

/// Between 0, nothing in common, and 1, the same words.
pub fn similarity(one: &Subject<'_>, other: &Subject<'_>) -> f64 {
    let (ours, theirs) = (features(one.title), features(other.title));
    let weight = |features: &BTreeMap<String, f64>| features.values().sum::<f64>();
    let shared: f64 =
        ours.iter().filter(|(word, _)| theirs.contains_key(*word)).map(|(_, weight)| weight).sum();
    let (first, second) = (weight(&ours), weight(&theirs));
    if shared <= 0.0 {
        return 0.0;
    }
    // A short title may be the beginning of a long one: half by what both say, half by what the shorter one says.
    let both = 2.0 * shared / (first + second);
    let shorter = shared / first.min(second).max(LEAST);
    let same = folded(one.title) == folded(other.title);
    let words = if same { 1.0 } else { f64::midpoint(both, shorter) };
    (words * circumstances(one, other)).min(1.0)
}

/// The same product and kind speak for one matter; other products against it.
fn circumstances(one: &Subject<'_>, other: &Subject<'_>) -> f64 {
    let common = one.products.iter().any(|product| other.products.contains(product));
    let product = match (common, one.products.is_empty() || other.products.is_empty()) {
        (true, _) => 1.15,
        (false, true) => 1.0,
        (false, false) => 0.8,
    };
    let same_kind = one.kind.is_some() && one.kind == other.kind;
    product * if same_kind { 1.05 } else { 1.0 }
}

/// A title that says less than one word says too little to be the beginning of another.
const LEAST: f64 = 1.0;

/// What a word or a pair of characters weighs.
const LATIN: f64 = 1.0;
const NUMBER: f64 = 0.4;
const KANJI: f64 = 1.0;
const KATAKANA: f64 = 0.4;
const HIRAGANA: f64 = 0.05;
const COMMON: f64 = 0.12;

/// Said of nearly every incident.
const COMMON_JAPANESE: [&str; 45] = [
    "できません",
    "できない",
    "できなく",
    "されません",
    "されない",
    "エラー",
    "障害",
    "失敗",
    "不具合",
    "遅延",
    "遅い",
    "遅く",
    "重い",
    "停止",
    "不可",
    "発生",
    "表示",
    "画面",
    "全部",
    "全員",
    "一部",
    "急に",
    "今朝",
    "真っ白",
    "届かない",
    "開かない",
    "出ない",
    "出る",
    "出た",
    "落ちた",
    "落ちる",
    "止まった",
    "入れない",
    "多発",
    "サービス",
    "システム",
    "ユーザー",
    "お客様",
    "影響",
    "問題",
    "データ",
    "通知",
    "送信",
    "起動",
    "期限切れ",
];
const COMMON_ENGLISH: [&str; 56] = [
    "a",
    "about",
    "all",
    "an",
    "and",
    "any",
    "are",
    "at",
    "broken",
    "by",
    "cannot",
    "can't",
    "data",
    "database",
    "down",
    "error",
    "every",
    "everyone",
    "fail",
    "failure",
    "failing",
    "for",
    "from",
    "get",
    "has",
    "have",
    "high",
    "in",
    "is",
    "issue",
    "it",
    "many",
    "not",
    "no",
    "of",
    "on",
    "or",
    "outage",
    "page",
    "problem",
    "rate",
    "response",
    "return",
    "service",
    "slow",
    "slowly",
    "some",
    "system",
    "the",
    "time",
    "to",
    "unavailable",
    "user",
    "very",
    "with",
    "work",
];

/// The parts of a title, each with its weight. A part that is there twice counts once.
fn features(title: &str) -> BTreeMap<String, f64> {
    let mut features = BTreeMap::new();
    let plain: String = folded(title).nfc().collect();
    let mut rest = plain.as_str();
    let mut run = String::new();
    while let Some(first) = rest.chars().next() {
        if let Some(common) = COMMON_JAPANESE.iter().find(|word| rest.starts_with(**word)) {
            add_run(&mut features, &std::mem::take(&mut run));
            features.insert((*common).to_owned(), COMMON);
            rest = &rest[common.len()..];
            continue;
        }
        if run.chars().next_back().is_some_and(|last| Script::of(last) != Script::of(first)) {
            add_run(&mut features, &std::mem::take(&mut run));
        }
        run.push(first);
        rest = &rest[first.len_utf8()..];
    }
    add_run(&mut features, &run);
    features
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Latin,
    Kanji,
    Katakana,
    Hiragana,
    /// Signs and blanks, which only separate.
    None,
}

impl Script {
    fn of(c: char) -> Self {
        match c {
            'ぁ'..='ゟ' => Self::Hiragana,
            'ァ'..='ヿ' => Self::Katakana,
            '一'..='鿿' | '㐀'..='䶿' | '々' | '𠀀'..='𳍿' => Self::Kanji,
            '\'' => Self::Latin,
            c if c.is_alphanumeric() => Self::Latin,
            _ => Self::None,
        }
    }
}

/// Adds what a run of one script has in it.
fn add_run(features: &mut BTreeMap<String, f64>, run: &str) {
    let Some(first) = run.chars().next() else { return };
    let weight = match Script::of(first) {
        Script::None => return,
        Script::Latin => {
            let word = stem(run);
            let weight = match run {
                _ if is_common(run) || is_common(&word) => COMMON,
                _ if run.bytes().all(|byte| byte.is_ascii_digit()) => NUMBER,
                _ => LATIN,
            };
            features.insert(word, weight);
            return;
        }
        Script::Kanji => KANJI,
        Script::Katakana => KATAKANA,
        Script::Hiragana => HIRAGANA,
    };
    let characters: Vec<char> = run.chars().collect();
    if let [only] = characters.as_slice() {
        // One character alone is hardly a word.
        features.insert(only.to_string(), weight / 3.0);
    }
    for pair in characters.windows(2) {
        features.insert(pair.iter().collect(), weight);
    }
}

fn is_common(word: &str) -> bool {
    COMMON_ENGLISH.contains(&word)
}

/// `errors` → `error`, `failing` → `fail`, `timed` → `tim`, `queries` → `query`: rough, but the same for both titles.
fn stem(word: &str) -> String {
    let cut = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3);
    if let Some(stem) = cut("ies") {
        return format!("{stem}y");
    }
    for ending in ["ing", "ed", "es", "s"] {
        if ending == "s" && word.ends_with("ss") {
            break;
        }
        // `timeouts`, not `times`: an `e` before the `s` mostly belongs to the word.
        if ending == "es" && !["ches", "shes", "sses", "xes"].iter().any(|end| word.ends_with(end)) {
            continue;
        }
        if let Some(stem) = cut(ending) {
            return stem.to_owned();
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str) -> Subject<'_> {
        Subject { title, kind: None, products: &[] }
    }

    #[track_caller]
    fn check(alike: bool, pairs: &[(&str, &str)]) {
        let wrong: Vec<String> = pairs
            .iter()
            .map(|(one, other)| (one, other, similarity(&of(one), &of(other))))
            .filter(|(.., score)| (*score >= ALIKE) != alike)
            .map(|(one, other, score)| format!("{score:.2} {one} / {other}"))
            .collect();
        assert!(wrong.is_empty(), "alike: {alike}\n{}", wrong.join("\n"));
    }

    #[test]
    fn one_matter_in_other_words_is_alike() {
        check(
            true,
            &[
                ("決済画面でエラーが出る", "決済が全部エラーになる"),
                ("決済が失敗する", "決済エラー"),
                ("カード決済でタイムアウト", "決済がタイムアウトする"),
                ("ログインできない", "ログインに失敗する人がいる"),
                ("ﾛｸﾞｲﾝできない", "ログインできません"),
                ("検索が遅い", "検索結果の表示が遅い"),
                ("管理画面に入れない", "管理画面が開かない"),
                ("メールが届かない", "確認メールが届いていない"),
                ("ＡＰＩが５００を返す", "APIが500エラー"),
                ("予約一覧が表示されない", "予約の一覧が真っ白"),
                ("入館カードが使えない", "入館カードの読み取り不良"),
                ("請求書の金額が違う", "請求書の金額がおかしい"),
                ("CSVの取り込みが止まった", "CSV取り込みが終わらない"),
                ("checkout でエラー", "Checkout エラー多発"),
                ("Checkout errors", "Checkout fails for everyone"),
                ("Search is slow", "Slow search results"),
                ("Payment API timeouts", "payment API timeout in Europe"),
                ("Badge reader down", "Badge readers are not working"),
                ("Login errors", "Errors on login"),
                ("エラー", "ｴﾗｰ"),
                ("給与明細が他人のものになっている", "他人の給与明細が見える"),
                ("注文確定で500エラー", "注文が確定できない"),
                ("VPNにつながらない", "VPN接続が切れる"),
                ("本社の入館ゲートが開かない", "入館ゲートの故障"),
                ("Database replica lag", "replication lag on the orders database"),
                ("Queries are failing", "Query failure on the replica"),
            ],
        );
    }

    #[test]
    fn another_matter_is_not_alike() {
        check(
            false,
            &[
                ("決済画面でエラーが出る", "検索画面でエラーが出る"),
                ("ログインできない", "登録できない"),
                ("検索が遅い", "管理画面が遅い"),
                ("メールが届かない", "荷物が届かない"),
                ("本番DBの容量不足", "本番サーバーの証明書切れ"),
                ("予約一覧が表示されない", "請求書が表示されない"),
                ("社員証をなくした", "ノートPCをなくした"),
                ("データが消えた", "電気が消えた"),
                ("アプリが落ちる", "サーバーが落ちる"),
                ("全部止まった", "全部遅い"),
                ("注文確定で500エラー", "検索で500エラー"),
                ("Slackに通知が来ない", "メール通知が来ない"),
                ("管理画面のCSV出力が遅い", "管理画面にログインできない"),
                ("データが古い", "データが消えた"),
                ("VPNにつながらない", "社内Wi-Fiにつながらない"),
                ("Database migration failed", "Database disk is full"),
                ("Checkout fails", "Check-in fails"),
                ("Search is down", "Chat is down"),
                ("High error rate on the payment API", "High error rate on the search page"),
                ("Users cannot log in", "Users cannot upload photos"),
                ("決済が失敗する", "Checkout fails"),
                ("", ""),
            ],
        );
    }

    #[test]
    fn product_and_kind_tip_the_scales() {
        let (web, app) = (["web".to_owned()], ["app".to_owned()]);
        let score = |kinds: [Option<&str>; 2], products: [&[String]; 2]| {
            let title = ["予約の取り消し", "予約が消える"];
            let subject =
                |index: usize| Subject { title: title[index], kind: kinds[index], products: products[index] };
            similarity(&subject(0), &subject(1))
        };
        let plain = score([None; 2], [&[], &[]]);
        let same = score([Some("outage"); 2], [&web, &web]);
        let other = score([Some("outage"), Some("data")], [&web, &app]);
        assert!(other < plain && plain < same, "{other} {plain} {same}");
        assert!(score([Some("outage"); 2], [&[], &web]) > plain);
    }

    #[test]
    fn it_is_the_same_either_way_round() {
        for (one, other) in [("決済が失敗する", "カード決済エラー"), ("a b", "b c d"), ("", "決済")]
        {
            assert_eq!(similarity(&of(one), &of(other)), similarity(&of(other), &of(one)));
        }
        assert!(similarity(&of("決済が失敗する"), &of("決済が失敗する")) > 0.99);
    }
}
