//! Repositories that several accounts of one machine write to (`core.sharedRepository`).

use super::Store;

impl Store {
    /// Whether several accounts of the machine write to this repository, which then share its lock.
    #[cfg(unix)]
    pub(super) fn is_shared_by_accounts(&self) -> bool {
        self.shared_bits().is_some()
    }

    /// Lets the others write what this process makes from now on, as git does: else the folder of an object that we
    /// were first to write would be closed to them.
    #[cfg(unix)]
    pub(super) fn share_with_accounts(&self) {
        use rustix::fs::Mode;
        use rustix::process::umask;
        let Some(bits) = self.shared_bits() else { return };
        let own = umask(Mode::empty());
        umask(own.difference(Mode::from_bits_truncate(bits)));
    }

    #[cfg(not(unix))]
    pub(super) fn share_with_accounts(&self) {}

    /// What the others may do; none where only the owner's own `umask` counts.
    #[cfg(unix)]
    fn shared_bits(&self) -> Option<u32> {
        let shared = self.config_value("core.sharedRepository")?.to_ascii_lowercase();
        match shared.as_str() {
            "" | "umask" | "false" | "no" | "off" | "0" => None,
            "group" | "true" | "yes" | "on" | "1" => Some(0o070),
            "all" | "world" | "everybody" | "2" => Some(0o075),
            // Whoever may read a folder may also enter it.
            octal => u32::from_str_radix(octal, 8).ok().map(|bits| bits | ((bits & 0o444) >> 2)),
        }
    }
}
