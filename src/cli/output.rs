//! Writing files.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// Writes a file whole or not at all. Pipes, devices and links are written to as they are.
pub(super) fn write_file(path: &Path, write: impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
        let mut out = io::BufWriter::new(File::create(path)?);
        return write(&mut out).and_then(|()| out.flush());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg_attr(not(unix), allow(unused_mut, reason = "permissions are for unix"))]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    let mut out = io::BufWriter::new(file.as_file_mut());
    write(&mut out)?;
    out.flush()?;
    drop(out);
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Takes the colours out of what is written. What is left is text, line by line.
pub(super) fn without_colour(
    out: &mut dyn Write,
    write: impl Fn(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut coloured = Vec::new();
    write(&mut coloured)?;
    out.write_all(&anstream::adapter::strip_bytes(&coloured).into_vec())
}
