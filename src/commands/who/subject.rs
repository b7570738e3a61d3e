//! What a call list is for: an incident, any of a level, kind or product, or whatever may come.

use super::super::answers::find_level;
use super::super::archive::find;
use super::super::session::Session;
use super::super::set;
use super::Args;
use crate::domain::calling::{Plan, Round};
use crate::domain::incident::Incident;
use crate::domain::names::Purpose;
use crate::domain::scope::Circumstances;
use crate::failure::{Exit, Failure};

/// What the list is for.
#[derive(Default)]
pub struct Subject {
    pub incident: Option<Incident>,
    pub level: Option<String>,
    pub kind: Option<String>,
    pub products: Vec<String>,
    /// Nothing is known of it: everything that is set up is shown.
    pub is_anything: bool,
}

impl Subject {
    pub fn of(session: &Session<'_>, args: &Args) -> anyhow::Result<Self> {
        if args.severity.is_some() || args.kind.is_some() || !args.product.is_empty() {
            let products = args.product.iter().map(|word| set::product(session, word));
            let level = args.severity.as_deref().map(|word| find_level(session, word)).transpose()?;
            return Ok(Self {
                level,
                kind: args.kind.as_deref().map(|word| set::kind(session, word)).transpose()?,
                products: products.collect::<Result<_, _>>()?,
                ..Self::default()
            });
        }
        let word = args.which.word()?;
        match find(session, word, Purpose::Reading) {
            Ok(found) if word.is_some() || is_live(session, &found.incident) => {
                Ok(Self::from(found.incident))
            }
            // Whoever wants to call somebody is not sent away because nothing is declared yet.
            Ok(_) => Ok(Self::anything()),
            Err(error) if word.is_none() && is_not_found(&error) => Ok(Self::anything()),
            Err(error) => Err(error),
        }
    }

    fn anything() -> Self {
        Self { is_anything: true, ..Self::default() }
    }

    fn about(&self) -> Circumstances<'_> {
        Circumstances {
            status: self.incident.as_ref().map(|incident| incident.status.as_str()),
            level: self.level.as_deref(),
            kind: self.kind.as_deref(),
            products: &self.products,
        }
    }

    pub fn roles(&self) -> &[(String, Vec<String>)] {
        self.incident.as_ref().map_or(&[], |incident| &incident.roles)
    }

    pub fn plan<'b>(&'b self, session: &'b Session<'_>) -> Plan<'b> {
        let staff = &session.settings.staff;
        if self.is_anything && !staff.calls.is_empty() {
            return Plan::Calls(staff.calls.iter().map(Round::of).collect());
        }
        Plan::of(staff, &session.policy, self.about(), self.roles())
    }
}

impl From<Incident> for Subject {
    fn from(incident: Incident) -> Self {
        Self {
            level: incident.severity.clone(),
            kind: incident.kind.clone(),
            products: incident.products.clone(),
            incident: Some(incident),
            is_anything: false,
        }
    }
}

fn is_live(session: &Session<'_>, incident: &Incident) -> bool {
    session.settings.flow.category(&incident.status).is_live()
}

fn is_not_found(error: &anyhow::Error) -> bool {
    error.downcast_ref::<Failure>().is_some_and(|failure| failure.exit == Exit::NotFound)
}
