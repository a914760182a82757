//! Parts that pages of both audiences are made of.

mod browser;
mod chart;
mod icon;
mod moment;
mod notice;
mod secret;
mod table;

pub use browser::{Browser, browser_name};
pub use chart::BarChart;
pub use icon::{AssetVersion, Icon};
pub use moment::{Moment, utc};
pub use notice::NoticeBar;
pub use secret::{Copyable, SecretOnce};
pub use table::{NameCell, Table};
