//! What the child gives up before its first task: the network, other files, other processes, core dumps.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io;
use std::path::Path;

use contract::operating::Confinement;
use landlock::{
    ABI, Access, AccessFs, AccessNet, PathBeneath, PathFd, Ruleset, RulesetAttr, RulesetCreatedAttr, RulesetStatus,
};
use rustix::process::{Resource, Rlimit, setrlimit};
use seccompiler::{BpfProgram, SeccompAction, SeccompFilter};

/// The folder that tasks read from, and the one within it that they write to.
pub const READ_VARIABLE: &str = "PLOTLINE_CHILD_READ";
pub const WRITE_VARIABLE: &str = "PLOTLINE_CHILD_WRITE";

/// Makes this process as harmless as the kernel allows; answers what is closed now, and what it does not allow. Every thread that is started
/// later is confined too, so this comes before the first one.
///
/// # Errors
/// A folder that the parent names cannot be opened: the child must not run unconfined because of that.
pub fn confine() -> io::Result<(Confinement, Vec<String>)> {
    let mut missing = Vec::new();
    let mut confinement = Confinement { files: false, network: true };
    if setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).is_err() {
        missing.push("core dumps cannot be switched off".to_owned());
    }
    let folders = (std::env::var_os(READ_VARIABLE), std::env::var_os(WRITE_VARIABLE));
    if let (Some(read), Some(write)) = folders {
        confinement.files = confine_files(&read, &write)?;
        if !confinement.files {
            missing.push("files outside of the storage folder are not closed: the kernel has no Landlock".to_owned());
        }
    }
    if let Err(error) = refuse_calls() {
        confinement.network = false;
        missing.push(format!("the network is not closed: {error}"));
    }
    Ok((confinement, missing))
}

/// Whether files are closed now.
fn confine_files(read: &OsStr, write: &OsStr) -> io::Result<bool> {
    let abi = ABI::V5;
    let open = |path: &OsStr| PathFd::new(Path::new(path)).map_err(io::Error::other);
    let rules = [
        PathBeneath::new(open(read)?, AccessFs::from_read(abi)),
        PathBeneath::new(open(write)?, AccessFs::from_all(abi)),
    ];
    let confined = || {
        let mut ruleset = Ruleset::default()
            .handle_access(AccessFs::from_all(abi))?
            .handle_access(AccessNet::from_all(abi))?
            .create()?;
        for rule in rules {
            ruleset = ruleset.add_rule(rule)?;
        }
        ruleset.restrict_self()
    };
    let status = confined().map_err(io::Error::other)?;
    Ok(status.ruleset != RulesetStatus::NotEnforced)
}

/// System calls that no computation needs are answered with "not permitted": sockets, other processes, other programs,
/// and whatever would lead around that.
fn refuse_calls() -> Result<(), String> {
    const REFUSED: [i64; 19] = [
        libc::SYS_socket,
        libc::SYS_socketpair,
        libc::SYS_connect,
        libc::SYS_bind,
        libc::SYS_listen,
        libc::SYS_sendto,
        libc::SYS_io_uring_setup,
        libc::SYS_execve,
        libc::SYS_execveat,
        libc::SYS_ptrace,
        libc::SYS_process_vm_readv,
        libc::SYS_process_vm_writev,
        libc::SYS_pidfd_getfd,
        libc::SYS_kill,
        libc::SYS_mount,
        libc::SYS_unshare,
        libc::SYS_setns,
        libc::SYS_bpf,
        libc::SYS_keyctl,
    ];
    let architecture = std::env::consts::ARCH.try_into().map_err(|error| format!("{error:?}"))?;
    let rules: BTreeMap<i64, _> = REFUSED.into_iter().map(|call| (call, Vec::new())).collect();
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, refused, architecture);
    let program: BpfProgram = filter.and_then(TryInto::try_into).map_err(|error| error.to_string())?;
    seccompiler::apply_filter(&program).map_err(|error| error.to_string())
}
