//! Writes long lists: in pieces, which the threads of the pool make.

use std::io::{self, Write};

use rayon::prelude::*;

/// Items that a thread writes at once.
pub(super) const PIECE: usize = 64;

/// Pieces that are in memory at a time, however long they are.
const PIECES: usize = 64;

/// Writes all items in their order, as `made` writes a piece of them, of which it gets the index of the first. On one thread,
/// unless this is one of several.
pub(super) fn write<T: Sync>(
    items: &[T],
    out: &mut dyn Write,
    made: impl Fn(usize, &[T]) -> io::Result<Vec<u8>> + Send + Sync,
) -> io::Result<()> {
    let pieces: Vec<(usize, &[T])> = (0..).step_by(PIECE).zip(items.chunks(PIECE)).collect();
    write_each(&pieces, out, |(first, items)| made(*first, items))
}

/// The same of pieces that are cut already.
pub(super) fn write_each<P: Sync>(
    pieces: &[P],
    out: &mut dyn Write,
    made: impl Fn(&P) -> io::Result<Vec<u8>> + Send + Sync,
) -> io::Result<()> {
    for batch in pieces.chunks(PIECES) {
        for piece in all(batch, &made) {
            out.write_all(&piece?)?;
        }
    }
    Ok(())
}

/// What is made of each item, in order. On one thread, unless this is one of several.
pub(super) fn all<T: Sync, M: Send>(items: &[T], made: impl Fn(&T) -> M + Send + Sync) -> Vec<M> {
    match items {
        [_, _, ..] if rayon::current_thread_index().is_some() => items.par_iter().map(made).collect(),
        _ => items.iter().map(made).collect(),
    }
}
