//! Accounts: unique whatever the case, found by either name, and one first administrator.

use contract::errors::ErrorCode;
use contract::users::Role;
use domain::DomainError;
use domain::sessions::{days, session_create, session_list};
use domain::users::{
    Login, NewUser, UserChange, UserQuery, user_by_id, user_by_login, user_change, user_check_new, user_count,
    user_create, user_list, user_register, user_register_operator, user_set_disabled, user_set_password, user_set_role,
    user_touch_login,
};

use crate::databases::{on_each_database, race, read, write};
use crate::things::{new_user, user};

#[test]
fn an_account_is_found_by_either_name_whatever_the_case() {
    on_each_database(|database| {
        let new = NewUser { email: "Anna.Berg@Example.org".into(), ..new_user("Anna_B") };
        let made = write(database, |conn| user_create(conn, &new));
        assert_eq!((made.email.as_str(), made.username.as_str()), ("Anna.Berg@Example.org", "Anna_B"));
        for login in [
            Login::Email("anna.berg@example.ORG"),
            Login::Email("Anna.Berg@Example.org"),
            Login::Username("anna_b"),
            Login::Username("ANNA_B"),
        ] {
            let row = read(database, |conn| user_by_login(conn, login)).expect("found");
            assert_eq!(row.id, made.id, "{login:?}");
            assert_eq!(row.password_hash, "no real hash");
            assert_eq!(row.view(), made);
        }
        for login in [Login::Email("anna_b"), Login::Username("anna.berg@example.org"), Login::Username("a\0b")] {
            assert!(read(database, |conn| user_by_login(conn, login)).is_none(), "{login:?}");
        }
    });
}

#[test]
fn names_are_unique_whatever_the_case() {
    on_each_database(|database| {
        user(database, "anna");
        let same_name = NewUser { email: "other@example.org".into(), ..new_user("ANNA") };
        let same_email = NewUser { email: "Anna@EXAMPLE.org".into(), ..new_user("other") };
        for (new, expected) in [(same_name, "username"), (same_email, "email")] {
            let refused = database.write_blocking(|conn| user_create(conn, &new));
            let Err(DomainError::Conflict { field, message }) = refused else { panic!("{refused:?}") };
            assert_eq!(field, expected);
            assert!(!message.contains("constraint"), "{message}");
        }
        assert_eq!(read(database, user_count), 1);
    });
}

#[test]
fn names_that_cannot_be_are_refused_with_a_reason() {
    let too_long = "x".repeat(65);
    for name in ["ab", too_long.as_str(), "anna@home", "anna berg", "ännä", "a/b", "", "anna\n", "anna\0"] {
        let errors = user_check_new("anna@example.org", name).expect_err(name);
        assert_eq!((errors.len(), errors[0].pointer.as_str()), (1, "/username"), "{name:?}");
        assert!(errors[0].detail.len() > 20, "{:?}", errors[0]);
    }
    for name in ["abc", "A.b_c-9", &"x".repeat(64)] {
        assert!(user_check_new("anna@example.org", name).is_ok(), "{name}");
    }
    assert_eq!(user_check_new("nobody", "x").expect_err("both are wrong").len(), 2);
    on_each_database(|database| {
        let refused = database.write_blocking(|conn| user_create(conn, &new_user("a b")));
        assert_eq!(refused.expect_err("refused").code(), ErrorCode::ValidationFailed);
    });
}

#[test]
fn of_many_first_registrations_at_once_one_becomes_administrator() {
    on_each_database(|database| {
        let roles = race(8, |number| {
            write(database, |conn| user_register(conn, &new_user(&format!("user{number}")), true)).role
        });
        assert_eq!(roles.iter().filter(|role| **role == Role::Admin).count(), 1, "{roles:?}");
        assert_eq!(roles.iter().filter(|role| **role == Role::Analyst).count(), 7, "{roles:?}");
    });
}

#[test]
fn the_first_account_is_administrator_only_if_told_so() {
    on_each_database(|database| {
        let claimed = NewUser { role: Role::Admin, ..new_user("anna") };
        assert_eq!(write(database, |conn| user_register(conn, &claimed, false)).role, Role::Analyst);
        let second = write(database, |conn| user_register(conn, &new_user("berta"), true));
        assert_eq!(second.role, Role::Analyst, "the server was not empty");
        let operator = write(database, |conn| user_register_operator(conn, &new_user("carla")));
        assert_eq!(operator.role, Role::Admin, "the set-up code still works after strangers registered");
        let late = write(database, |conn| user_register_operator(conn, &new_user("dora")));
        assert_eq!(late.role, Role::Analyst, "there is an administrator now");
    });
}

#[test]
fn roles_passwords_and_log_ins_change() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        write(database, |conn| session_create(conn, anna, "127.0.0.1", "test", days(30)));
        write(database, |conn| user_set_role(conn, anna, Role::Viewer));
        write(database, |conn| user_touch_login(conn, anna));
        let row = read(database, |conn| user_by_id(conn, anna)).expect("found");
        assert_eq!(row.role, Role::Viewer);
        assert!(row.last_login.is_some());
        assert_eq!(read(database, |conn| session_list(conn, anna)).len(), 1);

        write(database, |conn| user_set_password(conn, anna, "another hash"));
        assert_eq!(read(database, |conn| user_by_id(conn, anna)).unwrap().password_hash, "another hash");
        assert_eq!(read(database, |conn| session_list(conn, anna)), [], "a new password ends all sessions");

        write(database, |conn| session_create(conn, anna, "127.0.0.1", "test", days(30)));
        write(database, |conn| user_set_disabled(conn, anna, true, None));
        assert!(read(database, |conn| user_by_id(conn, anna)).unwrap().disabled);
        assert_eq!(read(database, |conn| session_list(conn, anna)), []);

        let nobody = domain::new_id();
        let refused = database.write_blocking(|conn| user_set_role(conn, nobody, Role::Admin));
        assert!(matches!(refused, Err(DomainError::NotFound)));
        assert!(read(database, |conn| user_by_id(conn, nobody)).is_none());
    });
}

#[test]
fn accounts_are_listed_page_by_page_and_searched() {
    on_each_database(|database| {
        let names = ["anna", "berta", "carla", "dora_x", "emma"];
        for name in names {
            user(database, name);
        }
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let query = UserQuery { cursor: cursor.clone(), limit: 2, ..UserQuery::default() };
            let page = read(database, |conn| user_list(conn, &query));
            seen.extend(page.items.into_iter().map(|user| user.username));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, names);
        let found = |q: &str| -> Vec<String> {
            let query = UserQuery { q: Some(q.to_owned()), ..UserQuery::default() };
            let page = read(database, |conn| user_list(conn, &query));
            page.items.into_iter().map(|user| user.username).collect()
        };
        assert_eq!(found("BERTA"), ["berta"]);
        assert_eq!(found("a_x"), ["dora_x"], "an underscore is an underscore");
        assert_eq!(found("example.org").len(), 5);
        assert_eq!(found("%"), Vec::<String>::new());
    });
}

#[test]
fn the_last_administrator_who_can_sign_in_stays() {
    on_each_database(|database| {
        let admin =
            |name: &str| write(database, |conn| user_create(conn, &NewUser { role: Role::Admin, ..new_user(name) })).id;
        let (anna, berta) = (admin("anna"), admin("berta"));
        let change = |id, change: &UserChange| database.write_blocking(|conn| user_change(conn, id, change));
        let out = UserChange { disabled: Some(true), reason: Some("left".to_owned()), ..UserChange::default() };
        let (before, after) = change(anna, &out).expect("berta is left");
        assert_eq!((before.disabled, after.disabled, after.disabled_reason.as_deref()), (false, true, Some("left")));
        for refused in [out.clone(), UserChange { role: Some(Role::Viewer), ..UserChange::default() }] {
            assert!(matches!(change(berta, &refused), Err(DomainError::Conflict { .. })), "{refused:?}");
        }
        // Whoever is shut out already may lose the role, and comes back without it and without the reason.
        change(anna, &UserChange { role: Some(Role::Analyst), ..UserChange::default() }).expect("anna manages nothing");
        let (_, back) = change(anna, &UserChange { disabled: Some(false), ..UserChange::default() }).expect("let in");
        assert_eq!((back.role, back.disabled, back.disabled_reason), (Role::Analyst, false, None));
        let long = UserChange { reason: Some("x".repeat(501)), ..out };
        assert!(matches!(change(anna, &long), Err(DomainError::Invalid(_))));
        assert!(matches!(change(domain::new_id(), &UserChange::default()), Err(DomainError::NotFound)));
        let disabled = UserQuery { disabled: Some(true), ..UserQuery::default() };
        assert_eq!(read(database, |conn| user_list(conn, &disabled)).items, []);
        let admins = UserQuery { role: Some(Role::Admin), ..UserQuery::default() };
        assert_eq!(read(database, |conn| user_list(conn, &admins)).items.len(), 1);
    });
}

#[test]
fn two_administrators_cannot_demote_each_other_at_once() {
    on_each_database(|database| {
        let admin =
            |name: &str| write(database, |conn| user_create(conn, &NewUser { role: Role::Admin, ..new_user(name) })).id;
        let both = [admin("anna"), admin("berta")];
        let demote = UserChange { role: Some(Role::Analyst), ..UserChange::default() };
        let outcomes = race(2, |i| database.write_blocking(|conn| user_change(conn, both[i], &demote)).is_ok());
        assert_eq!(outcomes.iter().filter(|done| **done).count(), 1, "{outcomes:?}");
    });
}
