//! Links in people's words: addresses, commits, tickets and incidents. And what makes an address safe to write down.

use std::ops::Range;

use super::id::IncidentId;

/// What a word in a text refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// An address, `https://…` or `mailto:…`.
    Address,
    /// What may be the id of a commit; the repository knows.
    Commit,
    /// The key of a ticket in one of the trackers.
    Ticket,
    Incident,
}

/// A reference and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub range: Range<usize>,
    pub reference: Reference,
}

/// Where a team keeps its tickets: `[[tracker]]` of `incident.toml`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tracker {
    /// `PAY` of `PAY-123`.
    pub prefix: String,
    /// The address of a ticket, with `{key}` in it.
    pub url: String,
}

/// The address of the ticket `key`, if one of `trackers` has such keys.
pub fn ticket_address(key: &str, trackers: &[Tracker]) -> Option<String> {
    let (prefix, number) = key.rsplit_once('-')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let tracker = trackers.iter().find(|tracker| tracker.prefix == prefix).filter(|_| is_number)?;
    safe_address(&tracker.url.replace("{key}", key))
}

/// Everything in `text` that refers to something, from left to right.
pub fn find(text: &str, trackers: &[Tracker]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let starts_word = !text[..at].chars().next_back().is_some_and(joins);
        let address = if starts_word { address_length(rest) } else { None };
        let length = match address {
            Some(length) => {
                found.push(Found { range: at..at + length, reference: Reference::Address });
                length
            }
            None => {
                let length = rest.find(|c| !joins(c)).unwrap_or(rest.len());
                let reference = if starts_word { word(&rest[..length], trackers) } else { None };
                found.extend(reference.map(|reference| Found { range: at..at + length, reference }));
                length
            }
        };
        at += length.max(rest.chars().next().map_or(1, char::len_utf8));
    }
    found
}

/// The addresses in `text`, as they stand there.
pub fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let found = find(text, &[]).into_iter().filter(|found| found.reference == Reference::Address);
    found.map(|found| &text[found.range])
}

/// Whether `c` is part of a word that may be a reference.
fn joins(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// What a whole word refers to.
fn word(word: &str, trackers: &[Tracker]) -> Option<Reference> {
    if word.parse::<IncidentId>().is_ok() {
        return Some(Reference::Incident);
    }
    if ticket_address(word, trackers).is_some() {
        return Some(Reference::Ticket);
    }
    may_be_commit(word).then_some(Reference::Commit)
}

/// Seven to forty digits of a hash. A number or a word is none, however many of those there are.
pub fn may_be_commit(word: &str) -> bool {
    let is_hex = word.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    let mixed =
        word.bytes().any(|byte| byte.is_ascii_digit()) && word.bytes().any(|byte| byte.is_ascii_lowercase());
    (7..=40).contains(&word.len()) && is_hex && (mixed || word.len() == 40)
}

const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// How far an address reaches that `text` begins with. Words of other scripts and closing marks are no part of it.
fn address_length(text: &str) -> Option<usize> {
    let is_scheme =
        |scheme: &&str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    let scheme = SCHEMES.iter().find(|scheme| is_scheme(scheme))?;
    if !text[scheme.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[') {
        return None;
    }
    let ends = |c: char| !c.is_ascii_graphic() || "<>\"`\\^{}|".contains(c);
    let mut address = &text[..text.find(ends).unwrap_or(text.len())];
    let surplus = |open: char, close: char| {
        address.matches(close).count().saturating_sub(address.matches(open).count())
    };
    let (mut round, mut square) = (surplus('(', ')'), surplus('[', ']'));
    while let Some(last) = address.chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~' => {}
            ')' if round > 0 => round -= 1,
            ']' if square > 0 => square -= 1,
            _ => break,
        }
        address = &address[..address.len() - 1];
    }
    Some(address.len())
}

/// The address as it can stand in Markdown, or none if following it could do more than open a page or a mail.
pub fn safe_address(address: &str) -> Option<String> {
    let address = address.trim();
    let scheme = SCHEMES
        .iter()
        .find(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))?;
    let rest = &address[scheme.len()..];
    if rest.is_empty()
        || rest.starts_with(['/', '?', '#'])
        || rest.contains(char::is_whitespace)
        || rest.contains(char::is_control)
    {
        return None;
    }
    let keep = |c: char| c.is_ascii_graphic() && !"<>\"`\\^{}|()".contains(c);
    let mut bytes = [0; 4];
    let mut out = address[..scheme.len()].to_lowercase();
    for c in rest.chars() {
        if keep(c) {
            out.push(c);
        } else {
            c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        }
    }
    Some(out)
}

/// A repository on GitHub.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitHub {
    pub owner: String,
    pub name: String,
}

impl GitHub {
    /// The repository behind the address of a remote, as git writes it.
    pub fn of_remote(remote: &str) -> Option<Self> {
        let path = match remote.strip_prefix("git@github.com:") {
            Some(path) => path,
            None => {
                let (scheme, rest) = remote.split_once("://")?;
                let (authority, path) = rest.split_once('/')?;
                let host = authority.rsplit('@').next()?.split(':').next()?;
                let known = ["https", "http", "ssh", "git"].contains(&scheme);
                (known && host.eq_ignore_ascii_case("github.com")).then_some(path)?
            }
        };
        let path = path.trim_end_matches('/');
        let (owner, name) = path.strip_suffix(".git").unwrap_or(path).split_once('/')?;
        let is_name = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
        };
        (is_name(owner) && is_name(name)).then(|| Self { owner: owner.to_owned(), name: name.to_owned() })
    }

    /// The page of a file; `path` is encoded already.
    pub fn file(&self, branch: &str, path: &str) -> String {
        format!("https://github.com/{}/{}/blob/{branch}/{path}", self.owner, self.name)
    }

    pub fn commit(&self, hash: &str) -> String {
        format!("https://github.com/{}/{}/commit/{hash}", self.owner, self.name)
    }
}

/// What an address is called where nobody says: `owner/repo#12` on GitHub, else its host and path.
pub fn title(address: &str) -> String {
    let rest = SCHEMES.iter().find_map(|scheme| address.strip_prefix(scheme)).unwrap_or(address);
    let place = rest.split(['?', '#']).next().unwrap_or(rest);
    if let ["github.com", owner, repository, kind, which] =
        place.trim_end_matches('/').split('/').collect::<Vec<_>>()[..]
    {
        match kind {
            "pull" | "issues" | "discussions" if which.bytes().all(|byte| byte.is_ascii_digit()) => {
                return format!("{owner}/{repository}#{which}");
            }
            "commit" if may_be_commit(which) => return format!("{owner}/{repository}@{}", &which[..7]),
            _ => {}
        }
    }
    place.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trackers() -> Vec<Tracker> {
        vec![Tracker { prefix: "PAY".to_owned(), url: "https://t.example.org/{key}".to_owned() }]
    }

    #[test]
    fn references_are_found_in_the_midst_of_words() {
        for (text, expected) in [
            ("see https://example.org/x.", "Address https://example.org/x"),
            ("（https://example.org/x）。", "Address https://example.org/x"),
            ("「https://example.org/x」を見て", "Address https://example.org/x"),
            ("https://example.org/xを見て", "Address https://example.org/x"),
            (
                "https://example.org/x、https://example.org/y",
                "Address https://example.org/x|Address https://example.org/y",
            ),
            ("手順はhttps://example.org/x", "Address https://example.org/x"),
            ("(see https://example.org/a_(b))", "Address https://example.org/a_(b)"),
            ("[text](https://example.org/x)", "Address https://example.org/x"),
            ("<https://example.org/x?a=1&b=2#c>", "Address https://example.org/x?a=1&b=2#c"),
            ("HTTPS://EXAMPLE.org", "Address HTTPS://EXAMPLE.org"),
            ("mailto:a@example.org!", "Address mailto:a@example.org"),
            ("https:// and http://. and xhttps://example.org", ""),
            ("javascript:alert(1) ftp://x.example.org file:///etc/passwd", ""),
            ("rolled back 3f9c2d1.", "Commit 3f9c2d1"),
            ("3f9c2d1を戻した", "Commit 3f9c2d1"),
            ("1234567 orders, deadbeef, 3f9c2d, 3F9C2D1, x-3f9c2d1", ""),
            ("PAY-123とPAY-9", "Ticket PAY-123|Ticket PAY-9"),
            ("XPAY-123 PAY-12a PAY- pay-1 OPS-1", ""),
            ("same as 20261120-k7qm。", "Incident 20261120-k7qm"),
            ("20261120-K7QM 20261320-k7qm", ""),
        ] {
            let found = find(text, &trackers());
            let told: Vec<_> = found
                .iter()
                .map(|found| format!("{:?} {}", found.reference, &text[found.range.clone()]))
                .collect();
            assert_eq!(told.join("|"), expected, "{text:?}");
        }
    }

    #[test]
    fn only_addresses_that_open_a_page_or_a_mail_are_safe() {
        for (address, expected) in [
            ("https://example.org/x?a=b#c", Some("https://example.org/x?a=b#c")),
            ("HTTP://example.org", Some("http://example.org")),
            ("mailto:a@example.org", Some("mailto:a@example.org")),
            ("https://example.org/a_(b)", Some("https://example.org/a_%28b%29")),
            ("https://example.org/障", Some("https://example.org/%E9%9A%9C")),
            ("https://example.org/a b", None),
            ("https://", None),
            ("https:///x", None),
            ("javascript:alert(1)", None),
            ("file:///etc/passwd", None),
            ("data:text/html,x", None),
            ("example.org", None),
        ] {
            assert_eq!(safe_address(address).as_deref(), expected, "{address:?}");
        }
    }

    #[test]
    fn a_tracker_makes_an_address_of_a_key() {
        assert_eq!(ticket_address("PAY-7", &trackers()).as_deref(), Some("https://t.example.org/PAY-7"));
        assert_eq!(ticket_address("PAY-x", &trackers()), None);
        assert_eq!(ticket_address("OPS-7", &trackers()), None);
    }

    #[test]
    fn github_is_known_by_its_remotes() {
        for remote in [
            "git@github.com:acme/shop.git",
            "ssh://git@github.com/acme/shop.git",
            "ssh://git@github.com:22/acme/shop",
            "https://github.com/acme/shop",
            "https://user:token@github.com/acme/shop.git/",
        ] {
            let found = GitHub::of_remote(remote).map(|github| github.commit("3f9c2d1"));
            assert_eq!(found.as_deref(), Some("https://github.com/acme/shop/commit/3f9c2d1"), "{remote}");
        }
        for remote in [
            "git@gitlab.com:acme/shop.git",
            "https://github.com.example.org/acme/shop",
            "https://github.com/acme",
            "https://github.com/a/b/c",
            "https://github.com/acme/sh)op",
            "../shop.git",
        ] {
            assert_eq!(GitHub::of_remote(remote), None, "{remote}");
        }
    }

    #[test]
    fn an_address_names_itself() {
        for (address, expected) in [
            ("https://github.com/acme/shop/pull/12", "acme/shop#12"),
            ("https://github.com/acme/shop/issues/12#issuecomment-1", "acme/shop#12"),
            ("https://github.com/acme/shop/commit/3f9c2d1aaaa", "acme/shop@3f9c2d1"),
            ("https://github.com/acme/shop/pull/12/files", "github.com/acme/shop/pull/12/files"),
            ("https://example.org/", "example.org"),
            ("https://example.org/a/b?token=x", "example.org/a/b"),
            ("mailto:a@example.org", "a@example.org"),
        ] {
            assert_eq!(title(address), expected);
        }
    }
}
