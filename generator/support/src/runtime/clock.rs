//! The time and chance of the platform: the one place that knows that a browser has neither in the
//! standard library.

use std::time::Duration;

#[cfg(all(target_arch = "wasm32", target_os = "unknown", not(feature = "wasm")))]
compile_error!("for `wasm32-unknown-unknown`, enable the feature `wasm`");

#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub(super) use std::time::Instant;
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(super) use web_time::Instant;

/// The time since 1970; zero on a machine that believes to be earlier.
pub(super) fn since_1970() -> Duration {
    #[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
    use std::time::SystemTime;
    #[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
    use web_time::SystemTime;
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap_or_default()
}

/// A number by chance: each value as probable as any other.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
pub(super) fn chance() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    // Its keys come from the system, and no two of them are the same in one process.
    RandomState::new().hash_one(0_u8)
}

/// A number by chance. The keys of hash maps are not by chance here.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub(super) fn chance() -> u64 {
    let half = || (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
    half() << 32 | half()
}
