//! What wakes up in the browser. Everything works without; islands make it pleasanter.
//!
//! Their words come in as properties: the language files stay on the server.

mod copy_button;
mod live_preview;
mod local_times;
mod palette;
#[cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "the browser's half of a server function waits"))]
mod pattern_tester;
mod shortcuts;

pub use copy_button::CopyButton;
pub use live_preview::{LivePreview, PreviewPlaces};
pub use local_times::LocalTimes;
pub use palette::{Palette, PaletteWords};
pub use pattern_tester::{PatternTester, TesterWords, TryPattern, try_pattern};
pub use shortcuts::{ShortcutWords, Shortcuts};
