//! Where each test runs: a fresh SQLite file, and a fresh PostgreSQL database when services may be used.

use std::path::Path;

use domain::{Connection, Database, migrations};

/// Enough connections for the races.
const CONNECTIONS: u32 = 8;

/// Runs the test on every database of this build, each with the current schema.
pub fn on_each_database(test: impl Fn(&Database)) {
    on_each_empty_database(|database| {
        migrations::migrate_up(database).expect("migrations");
        test(database);
    });
}

/// Runs the test on every database of this build before any migration.
pub fn on_each_empty_database(test: impl Fn(&Database)) {
    println!("on SQLite:");
    let folder = tempfile::tempdir().expect("a folder");
    test(&sqlite(&folder.path().join("plotline.db")));
    #[cfg(feature = "services")]
    {
        println!("on PostgreSQL:");
        let url = tests::postgres::PostgresServer::shared().create_database();
        test(&Database::connect(&url, CONNECTIONS).expect("a database"));
    }
}

pub fn sqlite(path: &Path) -> Database {
    Database::connect(&format!("sqlite://{}", path.display()), CONNECTIONS).expect("a database")
}

/// Writes in one transaction; the test ends if that fails.
pub fn write<T>(database: &Database, work: impl FnOnce(&mut Connection) -> domain::Result<T>) -> T {
    database.write_blocking(work).expect("the write succeeds")
}

/// Reads; the test ends if that fails.
pub fn read<T>(database: &Database, work: impl FnOnce(&mut Connection) -> domain::Result<T>) -> T {
    database.read_blocking(work).expect("the read succeeds")
}

/// Runs the same work on so many threads, all let go at once; answers what they answer.
pub fn race<T: Send>(threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let barrier = std::sync::Barrier::new(threads);
    let (barrier, work) = (&barrier, &work);
    std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|number| {
                scope.spawn(move || {
                    barrier.wait();
                    work(number)
                })
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().expect("the thread ends well")).collect()
    })
}
