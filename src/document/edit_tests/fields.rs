//! Keys of the front matter: set, added, removed, and nothing else.

use super::*;

#[test]
fn a_scalar_is_replaced_in_its_place() {
    check("id: x\nmode: real    # drill?\n", &["mode"], text("drill"), "id: x\nmode: drill    # drill?\n");
    check("a: 'x'\nb: \"y\"\n", &["a"], text("it's"), "a: 'it''s'\nb: \"y\"\n");
    check("a: \"決済\" # c\n", &["a"], text("画面"), "a: \"画面\" # c\n");
    check("a: x\n", &["a"], text("no"), "a: \"no\"\n");
    check("a: x\n", &["a"], Some(Value::Null), "a: null\n");
    check("a: null # c\n", &["a"], text("SEV1"), "a: SEV1 # c\n");
    check("a:\nb: 1\n", &["a"], text("SEV1"), "a: SEV1\nb: 1\n");
    check("a:   # later\nb: 1\n", &["a"], text("x"), "a: x   # later\nb: 1\n");
    check("a: |\n  one\n  two\n\n# c\nb: 1\n", &["a"], text("x"), "a: x\n\n# c\nb: 1\n");
    check("a: one\n  two # c\nb: 1\n", &["a"], text("x"), "a: x # c\nb: 1\n");
    check("a: \"one\n  two\"\nb: 1\n", &["a"], text("x"), "a: \"x\"\nb: 1\n");
    check("\"a\" : x\n", &["a"], text("z"), "\"a\" : z\n");
    check("a: x\n", &["a"], Some(Value::Bool(true)), "a: true\n");
    check("a: x\n", &["a"], Some(Value::Int(-3)), "a: -3\n");
    check("{a: x, b: y}\n", &["a"], text("p, q"), "{a: \"p, q\", b: y}\n");
    let time = Moment::about(at("2026-11-20T02:40:00+09:00"));
    check("a: x\n", &["a"], Some(Value::Time(time)), "a: ~2026-11-20T02:40:00+09:00\n");
}

#[test]
fn what_is_said_already_changes_nothing() {
    for (yaml, path, value) in [
        ("title: 2026\n", vec!["title"], text("2026")),
        ("a: 'x'\n", vec!["a"], text("x")),
        ("a: ~\n", vec!["a"], Some(Value::Null)),
        ("products: web\n", vec!["products"], list(&["web"])),
        ("products:\n- web\n", vec!["products"], list(&["web"])),
        ("a: 1\n", vec!["b"], None),
        ("a: {}\n", vec!["a", "b"], None),
        ("roles:\n  commander: alice\n", vec!["roles", "commander"], text("alice")),
    ] {
        check(yaml, &path, value, yaml);
    }
    let time = Moment::exact(at("2026-11-19T17:40:00+00:00"));
    let yaml = "times: {detected: 2026-11-20 02:40:00+09:00}\n";
    check(yaml, &["times", "detected"], Some(Value::Time(time)), yaml);
}

#[test]
fn lists_keep_their_form_where_they_can() {
    check(
        "p:\n  - a # c\n  - b\nq: 1\n",
        &["p"],
        list(&["a", "b", "c, d"]),
        "p:\n  - a # c\n  - b\n  - c, d\nq: 1\n",
    );
    check("p:\n- a\n- b # c\n", &["p"], list(&["b"]), "p:\n- b # c\n");
    check("p: # which\n  - a\n  - b\nq: 1\n", &["p"], list(&["x"]), "p: [x] # which\nq: 1\n");
    check("p: [a, b] # c\n", &["p"], list(&["a", "b", "no"]), "p: [a, b, \"no\"] # c\n");
    check("p: [a,\n  b]\nq: 1\n", &["p"], list(&["b"]), "p: [b]\nq: 1\n");
    check("p: []\n", &["p"], list(&["a"]), "p: [a]\n");
    check("p: a\n", &["p"], list(&["a", "b"]), "p: [a, b]\n");
    check("p: [a]\n", &["p"], list(&[]), "p: []\n");
}

#[test]
fn a_new_key_goes_behind_its_predecessor() {
    check(
        "id: x\n# about\nstatus: a # s\nx-own: 1\n",
        &["severity"],
        text("SEV1"),
        "id: x\nseverity: SEV1\n# about\nstatus: a # s\nx-own: 1\n",
    );
    check("status: a\n", &["id"], text("x"), "id: x\nstatus: a\n");
    check("status: a\nx-own: |\n  t\n", &["zzz"], text("x"), "status: a\nx-own: |\n  t\nzzz: x\n");
    check("status: |+\n  t\n\nkey: k\n", &["impact"], text("x"), "status: |+\n  t\n\nimpact: x\nkey: k\n");
    check("", &["id"], text("x"), "id: x\n");
    check("# only\n", &["id"], text("x"), "# only\nid: x\n");
    check("{id: x}\n", &["status"], text("a"), "{id: x, status: a}\n");
    check("{status: a}\n", &["id"], text("x"), "{id: x, status: a}\n");
    check("{}\n", &["id"], text("x"), "{id: x}\n");
}

#[test]
fn maps_are_filled_in_their_own_form() {
    let time = || Some(Value::Time(Moment::exact(at("2026-11-20T02:40:00+09:00"))));
    check(
        "times:\n    impact_started: x\n    declared: y\nz: 1\n",
        &["times", "detected"],
        time(),
        "times:\n    impact_started: x\n    detected: 2026-11-20T02:40:00+09:00\n    declared: y\nz: 1\n",
    );
    check(
        "times:\n  a: {b: c}\nroles: {}  # who\nz: 1\n",
        &["roles", "lead"],
        text("x"),
        "times:\n  a: {b: c}\nroles:  # who\n  lead: x\nz: 1\n",
    );
    check("roles:\nz: 1\n", &["roles", "lead"], text("x"), "roles:\n  lead: x\nz: 1\n");
    check("roles: ~ # c\nz: 1\n", &["roles", "lead"], text("x"), "roles: # c\n  lead: x\nz: 1\n");
    check("roles: {a: x}\n", &["roles", "b"], text("z"), "roles: {a: x, b: z}\n");
    check(
        "roles:\n    a: x\nid: 1\n",
        &["times", "detected"],
        time(),
        "roles:\n    a: x\ntimes:\n    detected: 2026-11-20T02:40:00+09:00\nid: 1\n",
    );
    check("{id: x}\n", &["roles", "a"], text("b"), "{id: x, roles: {a: b}}\n");
    check("roles:\n  a:\n    - x\n", &["roles", "a"], list(&["x", "z"]), "roles:\n  a:\n    - x\n    - z\n");
    check("roles:\n  a: x\n", &["roles", "a"], list(&["x", "z"]), "roles:\n  a: [x, z]\n");
    let edited = edit("---\nroles: x\n---\n", &{
        let mut change = Change::default();
        change.set_in("roles", "a", Value::Null);
        change
    });
    assert_eq!(edited, Err("a.md:2:8 file-not-a-map key=\"roles\"".into()));
}

#[test]
fn removal_takes_whole_lines() {
    check("a: 1\nb: |\n  x\n  y\nc: 2\n", &["b"], None, "a: 1\nc: 2\n");
    check("a: 1\nb:\n  - x\n# c\n", &["b"], None, "a: 1\n# c\n");
    check("t:\n  a: 1\n  b: 2 # x\n", &["t", "b"], None, "t:\n  a: 1\n");
    check("t: # who\n  b: 2 # x\nz: 1\n", &["t", "b"], None, "t: {} # who\nz: 1\n");
    check("t: {a: 1, b: 2, c: 3}\n", &["t", "b"], None, "t: {a: 1, c: 3}\n");
    check("t: {a: 1, b: 2}\n", &["t", "b"], None, "t: {a: 1}\n");
    check("t: {a: 1}\n", &["t", "a"], None, "t: {}\n");
    check("a: 1\n", &["a"], None, "");
    check("k: |+\n  t\n\na: 1\n\nb: 2\n", &["a"], None, "k: |+\n  t\n\nb: 2\n");
}

#[test]
fn a_title_takes_the_heading_along_if_that_said_the_same() {
    let file = |yaml: &str, heading: &str| format!("---\ntitle: {yaml}\n---\n\n{heading}\n\n# old\n");
    let mut change = Change::default();
    change.set("title", Value::Text("new: one".into()));
    for (before, after) in
        [("# old", "# new: one"), ("#  old ", "#  new: one "), ("# other", "# other"), ("## old", "## old")]
    {
        let edited = edit(&file("old", before), &change).map(|edited| edited.text);
        let expected = if before == "## old" {
            file("'new: one'", after).replace("\n# old", "\n# new: one")
        } else {
            file("'new: one'", after)
        };
        assert_eq!(edited, Ok(expected.replace('\'', "\"")));
    }
}
