//! `[[role]]`, `[[person]]` and `[[call]]` of `incident.toml`.

use std::collections::BTreeSet;

use super::policy_items::HOURS;
use super::settings::scope;
use super::toml_table::{Table, values};
use crate::domain::people::{Call, Channel, Person, Role};

/// A `[[role]]`, or none where it has no id.
pub fn role(table: Table<'_>, seen: &mut BTreeSet<String>) -> Option<Role> {
    let id = table.own_name("id", seen);
    let role = Role {
        name: table.text("name"),
        does: table.text("does"),
        lead: table.boolean("lead").unwrap_or(false),
        many: table.boolean("many").unwrap_or(false),
        apart_from: table.strings("apart_from").into_iter().map(|role| role.value).collect(),
        id: id.as_ref().map(|id| id.value.clone()).unwrap_or_default(),
    };
    table.finish();
    id.map(|_| role)
}

/// `[[person]]`.
pub fn people(root: &Table<'_>) -> Vec<Person> {
    let mut handles = BTreeSet::new();
    let person = |table: Table<'_>| {
        let handle = table.own_name("handle", &mut handles);
        let name = table.string("name").map(|name| name.value);
        let email = table.string("email").map(|email| email.value);
        let phone = table.string("phone").map(|phone| phone.value);
        let chat = table.string("chat").map(|chat| chat.value);
        let areas = values(table.strings("areas"));
        table.finish();
        handle.map(|handle| Person {
            name: name.unwrap_or(handle.value.clone()),
            handle: handle.value,
            email,
            phone,
            chat,
            areas,
        })
    };
    root.tables("person").into_iter().filter_map(person).collect()
}

const CHANNELS: [(&str, Channel); 2] = [("phone", Channel::Phone), ("chat", Channel::Chat)];

/// `[[call]]`, in the file's order.
pub fn calls(root: &Table<'_>) -> Vec<Call> {
    let call = |table: Table<'_>| {
        let call = Call {
            scope: scope(&table),
            role: table.string("role").map(|role| role.value),
            people: values(table.strings("people")),
            after: table.time_span("after"),
            by: table.word("by", &CHANNELS).unwrap_or_default(),
            hours: table.word("hours", &HOURS).unwrap_or_default(),
            note: table.text("note"),
        };
        table.finish();
        call
    };
    root.tables("call").into_iter().map(call).collect()
}
