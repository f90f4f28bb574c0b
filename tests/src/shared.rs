//! One server for all read-mostly tests of an executable: started by the first, stopped and checked by the last.

use std::sync::{Arc, Mutex, OnceLock, Weak};

use crate::Server;

/// The shared server. Keep the value for the length of the test.
pub fn shared() -> Arc<Server> {
    // A static is never dropped, so it holds a weak reference: the process must not outlive its tests.
    static SHARED: OnceLock<Mutex<Weak<Server>>> = OnceLock::new();
    let slot = SHARED.get_or_init(Mutex::default);
    let mut slot = slot.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    if let Some(server) = slot.upgrade() {
        return server;
    }
    let server = Arc::new(Server::start());
    *slot = Arc::downgrade(&server);
    server
}
