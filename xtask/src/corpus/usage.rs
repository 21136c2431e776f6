//! CPU time, memory and limits, where the system tells.

use std::time::Duration;

/// CPU time of this process so far: its own and the system's for it.
#[cfg(unix)]
pub(crate) fn cpu() -> Option<Duration> {
    use nix::sys::resource::UsageWho;
    of(UsageWho::RUSAGE_SELF).map(|(time, _)| time)
}

/// CPU time of all finished children, and the most memory that one of them had, in megabytes.
#[cfg(unix)]
pub(crate) fn children() -> Option<(Duration, f64)> {
    use nix::sys::resource::UsageWho;
    of(UsageWho::RUSAGE_CHILDREN)
}

#[cfg(unix)]
fn of(who: nix::sys::resource::UsageWho) -> Option<(Duration, f64)> {
    use nix::sys::resource::getrusage;
    use nix::sys::time::TimeValLike as _;
    let usage = getrusage(who).ok()?;
    let microseconds = (usage.user_time() + usage.system_time()).num_microseconds();
    let time = Duration::from_micros(u64::try_from(microseconds).ok()?);
    // Apple counts bytes, everybody else kilobytes.
    let unit = if cfg!(target_vendor = "apple") {
        1e6
    } else {
        1e3
    };
    #[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
    Some((time, usage.max_rss() as f64 / unit))
}

/// The most memory that this process had, in megabytes.
#[cfg(target_os = "linux")]
pub(crate) fn peak() -> Option<f64> {
    // What `getrusage` says counts what the process was before it became this program.
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

/// The most memory that this process had, in megabytes.
#[cfg(all(unix, not(target_os = "linux")))]
pub(crate) fn peak() -> Option<f64> {
    of(nix::sys::resource::UsageWho::RUSAGE_SELF).map(|(_, peak)| peak)
}

/// Takes no more memory than this from now on, neither here nor in children.
#[cfg(unix)]
pub(crate) fn limit(megabytes: u64) -> std::io::Result<()> {
    use nix::sys::resource::{Resource, setrlimit};
    let bytes = megabytes.saturating_mul(1_000_000);
    setrlimit(Resource::RLIMIT_AS, bytes, bytes).map_err(std::io::Error::from)
}

/// Ends a child and whatever it has started.
#[cfg(unix)]
pub(crate) fn end(child: &mut std::process::Child) {
    use nix::sys::signal::{Signal, killpg};
    use nix::unistd::Pid;
    if let Ok(id) = i32::try_from(child.id()) {
        // It may have ended by itself in the meantime.
        let _ = killpg(Pid::from_raw(id), Signal::SIGKILL);
    }
    let _ = child.wait();
}

#[cfg(not(unix))]
mod elsewhere {
    use std::time::Duration;

    /// Not known here.
    pub(crate) fn cpu() -> Option<Duration> {
        None
    }

    /// Not known here.
    pub(crate) fn children() -> Option<(Duration, f64)> {
        None
    }

    /// Not known here.
    pub(crate) fn peak() -> Option<f64> {
        None
    }

    /// Not possible here.
    pub(crate) fn limit(_: u64) -> std::io::Result<()> {
        Err(std::io::Error::from(std::io::ErrorKind::Unsupported))
    }

    /// Ends a child.
    pub(crate) fn end(child: &mut std::process::Child) {
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[cfg(not(unix))]
pub(crate) use elsewhere::{children, cpu, end, limit, peak};
