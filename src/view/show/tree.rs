//! `show` for a reader: a block for each cluster with its pools, then the subnets and virtual networks.

use std::io::{self, Write};

use serde_json::Value as Json;

use crate::engine::Analysis;
use crate::view::Style;
use crate::view::paint::Paint;
use crate::view::place::short;
use crate::view::plain::{clean, count};

use super::entities::{ShownCluster, ShownEntity, ShownPool, Understood};
use super::value::Shown;

/// The first values of a cluster are shown even when they are absent.
const ALWAYS: usize = 12;
/// The widest column of values.
const WIDEST: usize = 40;

/// One line of a block: a name, a value, and where it came from.
struct Line {
    name: String,
    value: String,
    origin: String,
}

struct Printer<'a> {
    analysis: &'a Analysis,
    style: &'a Style,
    paint: Paint,
}

/// Writes everything.
pub(super) fn write(
    all: &Understood<'_>,
    analysis: &Analysis,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let paint = Paint {
        colour: style.colour,
        links: false,
    };
    let to = Printer {
        analysis,
        style,
        paint,
    };
    for cluster in &all.clusters {
        to.cluster(cluster, out)?;
    }
    for subnet in &all.subnets {
        to.entity("subnet", subnet, out)?;
    }
    for vnet in &all.virtual_networks {
        to.entity("virtual network", vnet, out)?;
    }
    if !style.quiet {
        let clusters = count(all.clusters.len(), "cluster");
        let subnets = count(all.subnets.len(), "subnet");
        let vnets = count(all.virtual_networks.len(), "virtual network");
        writeln!(out, "{clusters}, {subnets}, {vnets}")?;
    }
    Ok(())
}

impl Printer<'_> {
    fn cluster(&self, cluster: &ShownCluster<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.title("cluster", &cluster.entity, out)?;
        let mut lines = vec![Line {
            name: "model".to_owned(),
            value: cluster.model.clone(),
            origin: format!("from {}: {}", cluster.source, cluster.meaning),
        }];
        lines.extend(self.lines(&cluster.entity, ALWAYS));
        self.block("", cluster.pools.is_empty(), &lines, out)?;
        for (index, pool) in cluster.pools.iter().enumerate() {
            self.pool(pool, index + 1 == cluster.pools.len(), out)?;
        }
        writeln!(out)
    }

    fn pool(&self, pool: &ShownPool<'_>, last: bool, out: &mut dyn Write) -> io::Result<()> {
        let name = pool.name.as_deref().unwrap_or("of unknown name");
        let title = self.paint.bold(&format!("pool {}", clean(name)));
        let place = short(&self.analysis.sources, pool.entity.head);
        let place = format!("{}, {place}", clean(pool.entity.address));
        let branch = self.branch(last);
        writeln!(out, "{branch}{title}  {}", self.paint.dim(&place))?;
        let indent = match (last, self.style.unicode) {
            (true, _) => "   ",
            (false, true) => "│  ",
            (false, false) => "|  ",
        };
        self.block(indent, true, &self.lines(&pool.entity, 0), out)
    }

    fn entity(&self, kind: &str, entity: &ShownEntity<'_>, out: &mut dyn Write) -> io::Result<()> {
        self.title(kind, entity, out)?;
        let mut lines = self.lines(entity, entity.values.len());
        lines.extend(entity.peers.iter().map(|peer| self.line("peer", peer)));
        self.block("", true, &lines, out)?;
        writeln!(out)
    }

    fn title(&self, kind: &str, entity: &ShownEntity<'_>, out: &mut dyn Write) -> io::Result<()> {
        let title = format!("{kind} {}", clean(entity.address));
        let mut parts = vec![short(&self.analysis.sources, entity.head)];
        if entity.root != "." {
            parts.push(format!("root {}", clean(entity.root)));
        }
        if let Some(variant) = entity.variant {
            parts.push(format!("with {}", clean(variant)));
        }
        let place = parts.join(", ");
        let (title, place) = (self.paint.bold(&title), self.paint.dim(&place));
        writeln!(out, "{title}  {place}")
    }

    /// Returns the values of an entity; absent ones only among the first `always`, or when verbose.
    fn lines(&self, entity: &ShownEntity<'_>, always: usize) -> Vec<Line> {
        let values = entity.values.iter().enumerate();
        values
            .filter(|(index, (_, shown))| {
                shown.state != "absent" || *index < always || self.style.verbose
            })
            .map(|(_, (name, shown))| self.line(name, shown))
            .collect()
    }

    fn line(&self, name: &str, shown: &Shown) -> Line {
        let value = match (shown.state, &shown.value) {
            ("invalid", Some(value)) => format!("invalid: {}", plain(value)),
            (_, Some(value)) => plain(value),
            ("absent", None) => "not set".to_owned(),
            ("set", None) => "set".to_owned(),
            _ if shown.one_of.is_empty() => "unknown".to_owned(),
            _ => {
                let word = |one: &Json| match one {
                    Json::Null => "not set".to_owned(),
                    known => plain(known),
                };
                let all: Vec<String> = shown.one_of.iter().map(word).collect();
                all.join(" or ")
            }
        };
        Line {
            name: name.to_owned(),
            value: clean(&value).into_owned(),
            origin: clean(&self.origin(shown)).into_owned(),
        }
    }

    fn origin(&self, shown: &Shown) -> String {
        let sources = &self.analysis.sources;
        if shown.state == "absent" {
            return String::new();
        }
        if let Some(because) = &shown.because {
            return because.clone();
        }
        match (shown.trail.last(), shown.span) {
            (Some(hop), _) if shown.state == "default" => hop.text.clone(),
            (Some(hop), _) => format!("{}, {}", hop.text, short(sources, hop.span)),
            (None, Some(span)) => short(sources, span),
            (None, None) => String::new(),
        }
    }

    fn block(
        &self,
        indent: &str,
        closed: bool,
        lines: &[Line],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let names = lines.iter().map(|line| line.name.len());
        let values = lines.iter().map(|line| line.value.chars().count());
        let name_width = names.max().unwrap_or(0);
        let value_width = values.max().unwrap_or(0).min(WIDEST);
        for (index, line) in lines.iter().enumerate() {
            let branch = self.branch(closed && index + 1 == lines.len());
            let (name, value, origin) = (&line.name, &line.value, &line.origin);
            let head = format!("{indent}{branch}{name:name_width$}  {value:value_width$}");
            if origin.is_empty() {
                writeln!(out, "{}", head.trim_end())?;
            } else {
                writeln!(out, "{head}  {}", self.paint.dim(origin))?;
            }
        }
        Ok(())
    }

    fn branch(&self, last: bool) -> &'static str {
        match (last, self.style.unicode) {
            (true, true) => "╰─ ",
            (false, true) => "├─ ",
            (true, false) => "`- ",
            (false, false) => "|- ",
        }
    }
}

/// Returns a value without quotes; elements of a list are separated by commas, one that is not known is `?`.
fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => "?".to_owned(),
        Json::Array(items) if items.is_empty() => "none".to_owned(),
        Json::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Json::Bool(_) | Json::Number(_) | Json::Object(_) => value.to_string(),
    }
}
