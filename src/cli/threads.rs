//! How many threads a run has.

use std::num::NonZeroUsize;
use std::thread;

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::args::CheckArgs;
use super::error::CliError;

/// More threads than this only cost time to start.
const MOST_THREADS: usize = 64;

/// How many threads are asked for, 0 for one per core.
pub(super) fn threads(asked: Option<NonZeroUsize>) -> usize {
    asked.map_or(0, usize::from).min(MOST_THREADS)
}

/// How many threads a run has, 0 for one per core.
pub(super) fn threads_of(args: &CheckArgs) -> usize {
    match args.bounds.threads {
        None if args.fixes.fix => writing_threads(),
        asked => threads(asked),
    }
}

/// How many threads check and write files: more than cores, since each waits until its file is on the disk.
fn writing_threads() -> usize {
    const A_CORE: usize = 8;
    thread::available_parallelism().map_or(0, |cores| (A_CORE * cores.get()).min(MOST_THREADS))
}

/// So many threads, or one per core for 0.
pub(super) fn pool(threads: usize) -> Result<ThreadPool, CliError> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    pool.map_err(|error| CliError::Threads(error.to_string()))
}
