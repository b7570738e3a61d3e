//! A team with the default configuration and one night of its work, for the tests of this layer.

use chrono::{DateTime, FixedOffset};

use crate::config::{Settings, defaults, parse_policy};
use crate::document::vocabulary::Vocabulary;
use crate::document::{IncidentFile, parse};
use crate::domain::policy::{Field, FieldType, Policy};
use crate::domain::samples::{moment, staff};
use crate::domain::text::{Lang, Text};
use crate::locale::Locale;
use crate::locale::times::Clock;
use crate::locale::words::vocabulary;

use super::names::Names;

pub(super) const PATH: &str = "incidents/2026/11/20261120-k7qm-checkout.md";

/// A live incident of Friday night, written in Japanese.
pub(super) const NIGHT: &str = "\
---
id: 20261120-k7qm
title: 決済が全部エラーになる
kind: outage
products: [web]
severity: SEV1
status: fixing
detected_by: customer
reporter: alice
roles:
  commander: arita
  responder: [alice, 佐藤]
times:
  impact_started: ~2026-11-20T02:40:00+09:00
  declared: 2026-11-20T02:55:12+09:00
  acknowledged: 2026-11-20T02:58:00+09:00
impact: 決済の 40% が失敗
next_update: 2026-11-20T03:30:00+09:00
caused_by_change: unknown
fields:
  clients: 12
---

# 決済が全部エラーになる

## 経過 <!-- incident:timeline +09:00 -->

- 2026-11-19 23:50 · メモ · Alice — 夜間のリリース（記録 2026-11-20 02:57）
- 2026-11-20 02:40頃 · 影響開始 · 有田（記録 02:56）
- 2026-11-20 02:55 · 起票 · Alice — SEV1（全員が使えない）
- 2026-11-20 02:58 · 確認中 → 対処中 · 有田 — 切り戻しを決定
- 電話した
- 2026-11-20 03:06 · 変更 next_update: - → 2026-11-20T03:30:00+09:00 · 有田

## やること <!-- incident:actions -->

- [ ] A1 決済の再試行に上限を付ける — @arita 期限 2026-12-04 PAY-123（起こさない）
- [x] N1 設定を戻す

## 参考 <!-- incident:links -->

- [ダッシュボード](https://example.org/d)
";

/// What pages are made with, read in one language at 03:40.
pub(super) struct Desk {
    pub locale: Locale,
    pub settings: Settings,
    pub policy: Policy,
    pub vocabulary: Vocabulary,
}

impl Desk {
    pub fn new(lang: Lang) -> Self {
        let settings = Settings { staff: staff(), ..Settings::preset() };
        let mut policy = parse_policy("severity.toml", defaults::POLICY).expect("the preset is valid").value;
        policy.fields.push(Field {
            id: "clients".to_owned(),
            name: Text::default(),
            ask: Text {
                ja: Some("影響クライアント数".to_owned()), en: Some("Clients affected".to_owned())
            },
            kind: FieldType::Number,
            choices: Vec::new(),
            required: false,
            hint: Text::default(),
            kinds: Vec::new(),
            products: Vec::new(),
        });
        let vocabulary = vocabulary(lang, &settings.flow, &policy, &settings.staff);
        Self { locale: Locale::new(lang), settings, policy, vocabulary }
    }

    pub fn clock(&self) -> Clock<'_> {
        Clock { locale: &self.locale, now: now(), zone: chrono_tz::Asia::Tokyo }
    }

    pub fn names(&self) -> Names<'_> {
        let (flow, staff) = (&self.settings.flow, &self.settings.staff);
        Names { locale: &self.locale, flow, policy: &self.policy, staff }
    }

    pub fn file(&self, text: &str) -> IncidentFile {
        parse(PATH, text.as_bytes(), &self.vocabulary).expect("a valid file")
    }
}

pub(super) fn now() -> DateTime<FixedOffset> {
    moment("03:40").at
}
