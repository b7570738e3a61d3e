//! Words that begin with a dash: list items and figures are text, and a mistyped option is still a mistake.

use snapbox::str;

use crate::environment::TestEnv;

#[test]
fn a_list_item_or_a_figure_is_text() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    env.run(["note", "- restarted", "the pool", "-k", "tried"]).succeeds();
    env.run(["note", "-12% of orders"]).succeeds();
    env.run(["note", "-m", "- as a flag", "--at", "-1m"]).succeeds();
    env.run(["update", "- cards fail\n- cash works", "--next", "20m"]).succeeds();
    env.run(["link", "https://example.org/a", "- the graph"]).succeeds();
    let file = env.incident_file();
    for text in ["- restarted the pool", "-12% of orders", "- as a flag", "- cards fail", "- the graph"] {
        assert!(file.contains(text), "{text} in {file}");
    }
    assert!(env.run(["new", "- a title", "--unrated"]).succeeds().stdout.starts_with("20261120-"));
    env.run(["check"]).succeeds();
}

#[test]
fn a_mistyped_option_is_no_text() {
    let env = TestEnv::new();
    env.declare("Checkout fails");
    let before = env.state();
    env.run(["note", "- restarted", "--knd", "tried"]).shows(str![[r#"
--- stderr
error: unknown option “--knd”
hint: did you mean “--kind”?
--- exit 2

"#]]);
    assert_eq!(env.state(), before);
}
