//! What hooks need, which name files without looking at them.

use clap::Args;

/// Options of `check` for hooks.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(super) struct HookArgs {
    /// Where no path is a localized article, do nothing and exit with 0; for hooks that name whatever
    /// changed
    #[arg(long)]
    pub(super) allow_empty: bool,
}
