//! How far a run is: shown on a terminal while it lasts, and told afterwards how long each part took.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that is done by then shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);
const REDRAWN: Duration = Duration::from_millis(100);

/// The parts of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Finding the files.
    Files,
    /// Reading the English history.
    Source,
    /// Reading and checking articles.
    Check,
    /// Comparing with the baseline and writing the reports.
    Report,
}

impl Stage {
    const ALL: [Self; 4] = [Self::Files, Self::Source, Self::Check, Self::Report];

    /// What is being done.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Files => "finding files",
            Self::Source => "reading the English source",
            Self::Check => "checking",
            Self::Report => "reporting",
        }
    }
}

/// What the thread that draws can see.
#[derive(Debug, Default)]
struct Shared {
    /// The number of the stage.
    stage: AtomicUsize,
    /// Articles that are done.
    done: AtomicUsize,
    /// Articles that there are.
    total: AtomicUsize,
}

/// The course of a run.
#[derive(Debug)]
pub(super) struct Stages {
    shared: Arc<Shared>,
    /// When each stage began.
    begun: Vec<(Stage, Instant)>,
    artist: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Stages {
    /// Begins a run. It is shown if it is to be and stderr is a terminal.
    pub(super) fn start(shown: bool) -> Self {
        let shared = Arc::new(Shared::default());
        let artist = (shown && io::stderr().is_terminal()).then(|| {
            let (stop, stopped) = mpsc::channel();
            let seen = Arc::clone(&shared);
            (stop, thread::spawn(move || draw(&seen, &stopped)))
        });
        Self { shared, begun: vec![(Stage::Files, Instant::now())], artist }
    }

    /// Goes on to another part.
    pub(super) fn enter(&mut self, stage: Stage) {
        self.begun.push((stage, Instant::now()));
        self.shared.stage.store(stage as usize, Ordering::Relaxed);
        if stage == Stage::Report {
            self.clear();
        }
    }

    /// Says how many articles there are. The counter is for those that are done.
    pub(super) fn articles(&self, total: usize) -> &AtomicUsize {
        self.shared.total.store(total, Ordering::Relaxed);
        &self.shared.done
    }

    /// Takes away what is drawn, so that something else can be written.
    pub(super) fn clear(&mut self) {
        if let Some((stop, artist)) = self.artist.take() {
            drop(stop);
            let _ = artist.join();
        }
    }

    /// How long each part took, the last one until now.
    pub(super) fn times(&self) -> Vec<(Stage, Duration)> {
        let ends = self.begun.iter().skip(1).map(|(_, begun)| *begun).chain([Instant::now()]);
        self.begun.iter().zip(ends).map(|((stage, begun), end)| (*stage, end - *begun)).collect()
    }
}

impl Drop for Stages {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Draws until the other side is dropped, from when patience ends.
fn draw(shared: &Shared, stopped: &mpsc::Receiver<()>) {
    if stopped.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
        return;
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let mut drawn = None;
    loop {
        let stage = Stage::ALL.get(shared.stage.load(Ordering::Relaxed)).copied().unwrap_or(Stage::Files);
        if drawn != Some(stage) {
            drawn = Some(stage);
            bar.set_style(style(stage));
            bar.set_message(stage.as_str());
        }
        bar.set_length(shared.total.load(Ordering::Relaxed) as u64);
        bar.set_position(shared.done.load(Ordering::Relaxed) as u64);
        bar.tick();
        if stopped.recv_timeout(REDRAWN) != Err(RecvTimeoutError::Timeout) {
            break;
        }
    }
    bar.finish_and_clear();
}

fn style(stage: Stage) -> ProgressStyle {
    let template = match stage {
        Stage::Check => "{spinner} {msg} [{bar:30}] {pos} of {len} articles",
        _ => "{spinner} {msg}",
    };
    // ASCII: every terminal has it.
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.progress_chars("=> ").tick_chars("-\\|/ ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_found_by_its_number() {
        for (number, stage) in Stage::ALL.into_iter().enumerate() {
            assert_eq!(stage as usize, number);
        }
    }

    #[test]
    fn times_add_up() {
        let mut stages = Stages::start(false);
        assert!(stages.artist.is_none(), "what is not to be shown costs no thread");
        stages.enter(Stage::Check);
        stages.articles(2).fetch_add(1, Ordering::Relaxed);
        stages.enter(Stage::Report);
        let names: Vec<_> = stages.times().into_iter().map(|(stage, _)| stage).collect();
        assert_eq!(names, [Stage::Files, Stage::Check, Stage::Report]);
    }
}
