//! E-mail addresses against the cases of isemail, and the policy beyond them.

use domain::users::user_check_new;

fn is_accepted(address: &str) -> bool {
    user_check_new(address, "somebody").is_ok()
}

#[test]
fn isemail_agrees_on_valid_and_invalid_addresses() {
    let cases: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../fixtures/isemail/addresses.json")).expect("the fixture is JSON");
    let (mut valid, mut invalid) = (0, 0);
    for case in &cases {
        let address = case["address"].as_str().expect("an address");
        let expected = case["category"] == "ISEMAIL_VALID_CATEGORY";
        assert_eq!(is_accepted(address), expected, "{address:?}: {}", case["diagnosis"]);
        if expected { valid += 1 } else { invalid += 1 }
    }
    assert!(valid >= 5 && invalid >= 20, "{valid} valid, {invalid} invalid");
}

#[test]
fn ordinary_addresses_are_accepted() {
    for address in ["anna@example.org", "a.b+tag@sub.example.co.uk", "o'neil@example.ie", "x_y-z@localhost", "1@2.de"] {
        assert!(is_accepted(address), "{address}");
    }
}

#[test]
fn policy_refuses_what_no_mailbox_needs() {
    let long = format!("{}@{}.org", "a".repeat(64), "b".repeat(60).as_str().to_owned() + &".c".repeat(70));
    for address in [
        "anna",
        "anna@",
        "\"anna berg\"@example.org",
        "anna(comment)@example.org",
        "anna@[127.0.0.1]",
        "Anna <anna@example.org>",
        "anna@exa mple.org",
        "anna@example..org",
        "anna@-example.org",
        "änna@example.org",
        "anna@exämple.org",
        "anna@example.org\0",
        &format!("{}@example.org", "a".repeat(65)),
        &long,
        "",
    ] {
        let errors = user_check_new(address, "somebody").expect_err(address);
        assert_eq!(errors[0].pointer, "/email", "{address}");
        assert!(errors[0].detail.ends_with('.'), "{}", errors[0].detail);
    }
}
