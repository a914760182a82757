//! Parts that pages of both audiences are made of.

mod browser;
mod chart;
mod icon;
mod moment;
mod notice;
mod rows;
mod secret;
mod table;
mod toc;

pub use browser::{Browser, browser_name};
pub use chart::BarChart;
pub use icon::{AssetVersion, Icon};
pub use moment::{Moment, date, utc, utc_in};
pub use notice::NoticeBar;
pub use secret::{Copyable, SecretOnce};
pub use table::{NameCell, Table};
pub use toc::Toc;
