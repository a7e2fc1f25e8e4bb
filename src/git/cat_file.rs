//! Objects from long-lived `git cat-file --batch` processes: one a thread at most, not one a file.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use super::{GitError, Site};

/// Processes that wait for work.
#[derive(Debug)]
pub(super) struct Pool {
    site: Site,
    idle: Mutex<Vec<CatFile>>,
}

impl Pool {
    pub(super) fn new(site: Site) -> Self {
        Self { site, idle: Mutex::default() }
    }

    /// The bytes of an object of this kind; `None` if there is none of this name.
    pub(super) fn get(&self, name: &str, kind: &str) -> Result<Option<Vec<u8>>, GitError> {
        if name.contains(['\n', '\0']) {
            return Ok(None);
        }
        let waiting = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut process = match waiting {
            Some(process) => process,
            None => CatFile::start(&self.site).map_err(GitError::NotRun)?,
        };
        // A process that failed is not used again.
        let object = process
            .get(name, kind)
            .map_err(|error| GitError::Failed { command: "cat-file".into(), said: error.to_string() })?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(process);
        Ok(object)
    }
}

#[derive(Debug)]
struct CatFile {
    child: Child,
    /// `None` once it is closed, which ends the process.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl CatFile {
    fn start(site: &Site) -> io::Result<Self> {
        let mut child = site
            .command()
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (questions, answers) = (child.stdin.take(), child.stdout.take());
        let answers = BufReader::new(answers.ok_or(io::ErrorKind::BrokenPipe)?);
        Ok(Self { child, questions, answers })
    }

    /// Asks `name\n`; the answer is `OID TYPE SIZE\n`, the bytes and `\n`, or a line that ends otherwise, such
    /// as `name missing\n`.
    fn get(&mut self, name: &str, kind: &str) -> io::Result<Option<Vec<u8>>> {
        let questions = self.questions.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        questions.write_all(format!("{name}\n").as_bytes())?;
        questions.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        if line.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ended without an answer"));
        }
        let Some((found, size)) = object(line.trim_end_matches('\n')) else { return Ok(None) };
        let mut bytes = vec![0; size + 1];
        self.answers.read_exact(&mut bytes)?;
        bytes.pop();
        Ok(Some(bytes).filter(|_| found == kind))
    }
}

/// Kind and size in `OID TYPE SIZE`; `None` for any other answer.
fn object(answer: &str) -> Option<(&str, usize)> {
    let mut parts = answer.split(' ');
    let (oid, kind, size) = (parts.next()?, parts.next()?, parts.next()?);
    let is_object = oid.bytes().all(|b| b.is_ascii_hexdigit())
        && matches!(kind, "blob" | "commit" | "tree" | "tag")
        && parts.next().is_none();
    Some((kind, size.parse().ok().filter(|_| is_object)?))
}

impl Drop for CatFile {
    fn drop(&mut self) {
        drop(self.questions.take());
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::object;

    #[test]
    fn answers() {
        let oid = "89b4f6ac2fe9d263c75c701a3d0d1d0e16a252af";
        assert_eq!(object(&format!("{oid} blob 12")), Some(("blob", 12)));
        for other in
            ["HEAD:a b missing", "HEAD:blob 12 missing", "abc ambiguous", &format!("{oid} submodule")]
        {
            assert_eq!(object(other), None, "{other}");
        }
    }
}
