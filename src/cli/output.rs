//! Writing files.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Writes a file whole or not at all, and without colour. Pipes, devices and links are written to as they are. What is
/// `plain` has no colour to begin with, so that none is looked for in all of it.
pub(super) fn write_file(
    path: &Path,
    plain: bool,
    write: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
        return write_to(&mut File::create(path)?, plain, write);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    write_to(file.as_file_mut(), plain, write)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

fn write_to(
    file: &mut File,
    plain: bool,
    write: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    if plain {
        let mut out = io::BufWriter::new(file);
        return write(&mut out).and_then(|()| out.flush());
    }
    let mut out = io::BufWriter::new(anstream::StripStream::new(file));
    write(&mut out).and_then(|()| out.flush())
}
