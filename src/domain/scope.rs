//! Which incidents a part of the configuration is for.

use super::incident::Incident;

/// What an incident is like, as far as the configuration asks; none is "not known".
#[derive(Clone, Copy, Debug, Default)]
pub struct Circumstances<'a> {
    pub status: Option<&'a str>,
    pub level: Option<&'a str>,
    pub kind: Option<&'a str>,
    pub products: &'a [String],
}

impl<'a> From<&'a Incident> for Circumstances<'a> {
    fn from(incident: &'a Incident) -> Self {
        Self {
            status: Some(&incident.status),
            level: incident.severity.as_deref(),
            kind: incident.kind.as_deref(),
            products: &incident.products,
        }
    }
}

/// Lists of ids that an incident must be among; an empty list lets every incident pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    pub statuses: Vec<String>,
    pub levels: Vec<String>,
    pub kinds: Vec<String>,
    /// One of the incident's products is enough.
    pub products: Vec<String>,
}

impl Scope {
    /// Whether it is for an incident like this. What is not known of the incident is in no list.
    pub fn covers<'a>(&self, circumstances: impl Into<Circumstances<'a>>) -> bool {
        let about = circumstances.into();
        allows(&self.statuses, about.status)
            && allows(&self.levels, about.level)
            && allows(&self.kinds, about.kind)
            && touches(&self.products, about.products)
    }
}

/// Whether one of the incident's products is in the list, or the list lets all pass.
pub(super) fn touches(list: &[String], products: &[String]) -> bool {
    list.is_empty() || products.iter().any(|id| list.contains(id))
}

/// Whether the id is in the list, or the list lets all pass.
pub(super) fn allows(list: &[String], id: Option<&str>) -> bool {
    list.is_empty() || id.is_some_and(|id| list.iter().any(|listed| listed == id))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a scope covers an incident; each names status, level, kind and product, or `-` for none.
    #[track_caller]
    fn check(scope: [&str; 4], incident: [&str; 4], expected: bool) {
        let list = |id: &str| if id == "-" { Vec::new() } else { vec![id.to_owned()] };
        let [statuses, levels, kinds, products] = scope.map(list);
        let [status, level, kind, _] = incident.map(|id| Some(id).filter(|id| *id != "-"));
        let about = Circumstances { status, level, kind, products: &list(incident[3]) };
        let covered = Scope { statuses, levels, kinds, products }.covers(about);
        assert_eq!(covered, expected, "{scope:?} {incident:?}");
    }

    #[test]
    fn an_empty_list_is_all_and_what_is_unknown_is_in_none() {
        check(["-"; 4], ["-"; 4], true);
        check(["-"; 4], ["fixing", "SEV1", "outage", "web"], true);
        check(["fixing", "SEV1", "outage", "web"], ["fixing", "SEV1", "outage", "web"], true);
        check(["fixing", "-", "-", "-"], ["triage", "SEV1", "outage", "web"], false);
        check(["-", "SEV1", "-", "-"], ["fixing", "-", "outage", "web"], false);
        check(["-", "-", "outage", "-"], ["fixing", "SEV1", "lost", "web"], false);
        check(["-", "-", "-", "web"], ["fixing", "SEV1", "outage", "-"], false);
        check(["-", "-", "-", "web"], ["fixing", "SEV1", "outage", "app"], false);
    }
}
