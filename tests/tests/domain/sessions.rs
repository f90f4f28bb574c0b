//! Sessions: refresh tokens work once, and a spent one that comes back ends the session.

use domain::sessions::{
    Refresh, days, session_create, session_list, session_prolong, session_refresh, session_revoke, session_revoke_all,
    session_user, sessions_prune,
};
use domain::users::user_set_disabled;
use domain::{Database, new_id};
use uuid::Uuid;

use crate::databases::{on_each_database, race, read, write};
use crate::things::user;

fn begin(database: &Database, user_id: Uuid) -> (Uuid, String) {
    let (session, token) = write(database, |conn| session_create(conn, user_id, "127.0.0.1", "test/1", days(30)));
    (session.id, token)
}

fn refresh(database: &Database, token: &str) -> Refresh {
    write(database, |conn| session_refresh(conn, token, 30))
}

#[test]
fn a_refresh_token_is_traded_for_the_next_one() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let (id, first) = begin(database, anna);
        assert_eq!(first.len(), 43, "256 bits in base64url");
        let Refresh::Rotated { session, user, refresh_token } = refresh(database, &first) else {
            panic!("not rotated")
        };
        assert_eq!((session.id, user.id), (id, anna));
        assert_ne!(first, refresh_token);
        let Refresh::Rotated { session: later, .. } = refresh(database, &refresh_token) else { panic!("not rotated") };
        assert!(later.expires_at >= session.expires_at);
        assert_eq!(read(database, |conn| session_user(conn, id)).expect("live").id, anna);
        let listed = read(database, |conn| session_list(conn, anna));
        assert_eq!((listed.len(), listed[0].user_agent.as_str()), (1, "test/1"));
    });
}

#[test]
fn a_spent_token_ends_the_session() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let (id, stolen) = begin(database, anna);
        let (other, _) = begin(database, anna);
        let Refresh::Rotated { refresh_token: second, .. } = refresh(database, &stolen) else { panic!() };
        let Refresh::Rotated { refresh_token: third, .. } = refresh(database, &second) else { panic!() };
        let Refresh::Reused { user_id, session_id } = refresh(database, &stolen) else { panic!("reuse went unseen") };
        assert_eq!((user_id, session_id), (anna, id));
        assert!(matches!(refresh(database, &third), Refresh::Unknown), "the newest token died with the session");
        assert!(matches!(refresh(database, &stolen), Refresh::Unknown));
        assert!(read(database, |conn| session_user(conn, id)).is_none());
        assert!(read(database, |conn| session_user(conn, other)).is_some(), "other sessions live on");
    });
}

#[test]
fn of_two_who_refresh_at_once_one_wins_and_the_session_ends() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let (id, token) = begin(database, anna);
        let answers = race(2, |_| refresh(database, &token));
        let rotated = answers.iter().filter(|answer| matches!(answer, Refresh::Rotated { .. })).count();
        let reused = answers.iter().filter(|answer| matches!(answer, Refresh::Reused { .. })).count();
        assert_eq!((rotated, reused), (1, 1));
        assert!(read(database, |conn| session_user(conn, id)).is_none());
    });
}

#[test]
fn ended_sessions_answer_nothing() {
    on_each_database(|database| {
        let (anna, berta) = (user(database, "anna"), user(database, "berta"));
        let (id, token) = begin(database, anna);
        assert!(!write(database, |conn| session_revoke(conn, berta, id)), "another's session cannot be ended");
        assert!(write(database, |conn| session_revoke(conn, anna, id)));
        assert!(!write(database, |conn| session_revoke(conn, anna, id)));
        assert!(matches!(refresh(database, &token), Refresh::Unknown));
        assert!(matches!(refresh(database, "no token at all"), Refresh::Unknown));

        let tokens: Vec<_> = (0..3).map(|_| begin(database, anna).1).collect();
        assert_eq!(write(database, |conn| session_revoke_all(conn, anna)), 3);
        assert!(tokens.iter().all(|token| matches!(refresh(database, token), Refresh::Unknown)));

        let (id, token) = begin(database, berta);
        write(database, |conn| user_set_disabled(conn, berta, true, None));
        assert!(read(database, |conn| session_user(conn, id)).is_none());
        assert!(matches!(refresh(database, &token), Refresh::Unknown));
        assert!(read(database, |conn| session_user(conn, new_id())).is_none());
    });
}

#[test]
fn a_session_expires() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let (session, token) = write(database, |conn| session_create(conn, anna, "127.0.0.1", "test", days(0)));
        assert!(matches!(refresh(database, &token), Refresh::Unknown));
        assert!(read(database, |conn| session_user(conn, session.id)).is_none());
        assert_eq!(read(database, |conn| session_list(conn, anna)), []);
    });
}

#[test]
fn old_sessions_and_spent_tokens_are_pruned() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let (live, token) = begin(database, anna);
        let Refresh::Rotated { refresh_token, .. } = refresh(database, &token) else { panic!() };
        for _ in 0..3 {
            write(database, |conn| session_create(conn, anna, "127.0.0.1", "test", days(0)));
        }
        assert_eq!(write(database, |conn| sessions_prune(conn, 30, 100)), 0, "nothing is old enough");
        let mut gone = 0;
        for _ in 0..10 {
            gone += write(database, |conn| sessions_prune(conn, 0, 1));
        }
        assert_eq!(gone, 4, "three expired sessions and one spent token");
        assert!(read(database, |conn| session_user(conn, live)).is_some());
        assert!(matches!(refresh(database, &refresh_token), Refresh::Rotated { .. }));
    });
}

#[test]
fn a_session_lasts_while_it_is_prolonged() {
    on_each_database(|database| {
        let anna = user(database, "anna");
        let short = chrono::TimeDelta::milliseconds(1200);
        let (session, _) = write(database, |conn| session_create(conn, anna, "127.0.0.1", "test", short));
        for _ in 0..2 {
            std::thread::sleep(std::time::Duration::from_millis(800));
            assert!(write(database, |conn| session_prolong(conn, session.id, short)));
        }
        assert!(read(database, |conn| session_user(conn, session.id)).is_some());
        std::thread::sleep(std::time::Duration::from_millis(1300));
        assert!(!write(database, |conn| session_prolong(conn, session.id, short)), "idle for too long");
        assert!(read(database, |conn| session_user(conn, session.id)).is_none());
    });
}
