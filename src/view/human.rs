//! The report for a reader: a title that can be searched for, the source lines with both ends of a clash, the arithmetic,
//! what to do, and at the end one line of counts.

use std::io::{self, Write};

use crate::engine::Analysis;
use crate::finding::{Edit, Finding, Row, Safety};
use crate::rules;

use super::paint::Paint;
use super::plain::{clean, wrap};
use super::snippet::{draw, frames};
use super::summary::{statistics, summary_line};
use super::text::Texts;
use super::{Style, instances, undecided};

/// Lines of a change that are shown.
const CHANGED_LINES: usize = 6;

/// Writes the report.
pub(super) fn write(analysis: &Analysis, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut texts = Texts::new(&analysis.sources);
    for finding in &analysis.findings {
        write_finding(finding, style, &mut texts, out)?;
        writeln!(out)?;
    }
    let paint = paint(style);
    if style.undecided {
        undecided::write(analysis, paint, style.width, out)?;
    }
    if style.statistics && !analysis.findings.is_empty() {
        writeln!(out, "{}", statistics(analysis))?;
    }
    if !style.quiet {
        writeln!(out, "{}", summary_line(analysis, style))?;
    }
    Ok(())
}

fn paint(style: &Style) -> Paint {
    Paint {
        colour: style.colour,
        links: style.links,
    }
}

fn write_finding(
    finding: &Finding,
    style: &Style,
    texts: &mut Texts<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let paint = paint(style);
    let url = rules::by_id(finding.rule).map(rules::Rule::url);
    let code = format!("{}[{}]", finding.severity, finding.rule);
    let code = paint.severity(finding.severity, &code);
    let code = url
        .as_ref()
        .map_or_else(|| code.clone(), |url| paint.link(url, &code));
    let message = format!(": {}", clean(&finding.message));
    writeln!(out, "{code}{}", paint.bold(&message))?;
    let frames = frames(finding, texts);
    out.write_all(draw(&frames, finding.severity, style).as_bytes())?;
    write_rows(&finding.rows, out)?;
    if let Some(help) = &finding.help {
        write_note("help", help, style, out)?;
    }
    write_fix(finding, paint, texts, out)?;
    instances::write(&finding.instances, style, out)?;
    if let (Some(url), true, false) = (url, style.urls, style.links) {
        writeln!(out, "   {} {url}", paint.help("see:"))?;
    }
    Ok(())
}

/// Writes the arithmetic, numbers below numbers.
fn write_rows(rows: &[Row], out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<_> = rows
        .iter()
        .map(|row| (clean(&row.text), clean(&row.value)))
        .collect();
    let texts = rows.iter().map(|(text, _)| text.chars().count()).max();
    let values = rows.iter().map(|(_, value)| value.chars().count()).max();
    let (text_width, value_width) = (texts.unwrap_or(0), values.unwrap_or(0));
    for (text, value) in &rows {
        writeln!(out, "        {text:text_width$}  {value:>value_width$}")?;
    }
    Ok(())
}

/// Writes a line such as `  help: …`, wrapped.
pub(super) fn write_note(
    name: &str,
    text: &str,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let head = format!("{name:>6}: ");
    let lines = wrap(&head, &clean(text), style.width);
    let painted = paint(style).help(&head[..head.len() - 1]);
    let rest = lines.get(head.len()..).unwrap_or("");
    write!(out, "{painted} {rest}")
}

/// Writes the lines that a fix changes, before and after.
fn write_fix(
    finding: &Finding,
    paint: Paint,
    texts: &mut Texts<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(fix) = &finding.fix else {
        return Ok(());
    };
    let safety = match fix.safety {
        Safety::Safe => "safe",
        Safety::Unsafe => "unsafe, read it first",
    };
    let head = paint.help("   fix:");
    writeln!(out, "{head} {} ({safety})", clean(&fix.title))?;
    for edit in fix.edits.iter().take(CHANGED_LINES) {
        let Some((number, before, after)) = changed_line(edit, texts) else {
            continue;
        };
        let minus = paint.gone(&format!("- {}", clean(&before)));
        writeln!(out, "        {number} {minus}")?;
        let plus = paint.added(&format!("+ {}", clean(&after)));
        writeln!(
            out,
            "        {number:w$} {plus}",
            w = number.to_string().len()
        )?;
    }
    Ok(())
}

/// Returns the number of the line that an edit changes, the line, and what it becomes; `None` for an edit of several lines.
fn changed_line(edit: &Edit, texts: &mut Texts<'_>) -> Option<(usize, String, String)> {
    let text = texts.get(edit.span.source);
    let (start, end) = (edit.span.start as usize, edit.span.end as usize);
    let line = text.line_of(start);
    let bytes = text.line(line);
    let whole = text.as_str().get(bytes.clone())?.trim_end();
    let head = text.as_str().get(bytes.start..start)?;
    let tail = text.as_str().get(end..bytes.start + whole.len())?;
    if edit.replacement.contains('\n') || whole.len() > 200 {
        return None;
    }
    let after = format!("{head}{}{tail}", edit.replacement);
    Some((
        line + 1,
        whole.trim_start().to_owned(),
        after.trim().to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{render_human, sample};

    fn render(analysis: &Analysis, style: &Style) -> String {
        let mut out = Vec::new();
        write(analysis, style, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_clash_over_two_files() {
        insta::assert_snapshot!(render_human(&sample::two_files()), @r#"
        error[AKS104]: DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16
           ╭─[main.tf:8:22]
         6 │     network_plugin = "azure"
         7 │     service_cidr   = var.service_cidr
           ·                      ────────┬───────
           ·                              ╰── the service range
         8 │     dns_service_ip = "10.1.0.10"
           ·                      ─────┬─────
           ·                           ╰── not in the service range
         9 │   }
           ├─[variables.tf:3:13]
         3 │   default = "10.0.0.0/16"
           ·             ──────┬──────
           ·                   ╰── default of var.service_cidr
           ╰────
          help: use an address inside 10.0.0.0/16, by convention the tenth: 10.0.0.10
           fix: replace it with 10.0.0.10 (safe)
                8 - dns_service_ip = "10.1.0.10"
                8 + dns_service_ip = "10.0.0.10"

        warning[AKS201]: the pool needs 1271 addresses, the subnet has 251
            ╭─[main.tf:14:22]
         13 │     vm_size        = "Standard_D4s_v5"
         14 │     max_count      = 40
            ·                      ─┬
            ·                       ╰── at most 40 nodes
         15 │     vnet_subnet_id = azurerm_subnet.nodes.id
            ·                      ───────────┬───────────
            ·                                 ╰── from azurerm_subnet.nodes
         16 │   }
            ├─[main.tf:1:1]
          1 │ resource "azurerm_kubernetes_cluster" "main" {
            · ──────────────────────┬─────────────────────
            ·                       ╰── the model is azure-cni-node-subnet
            ╰────
                system: 40 nodes x 31     1240
                surge: 1 node x 31          31
                needed                    1271
                available in 10.1.0.0/24   251
          help: use a /21 for the subnet
            in: 3 instances
                module.aks["a"].azurerm_kubernetes_cluster.main
                module.aks["b"].azurerm_kubernetes_cluster.main
                module.aks["c"].azurerm_kubernetes_cluster.main (envs/prod.tfvars): the pool needs 900
                addresses, the subnet has 251

        1 error, 1 warning; 1 suppressed; 2 undecided (--undecided lists them); 2 files, 1 cluster
        "#);
    }

    #[test]
    fn ascii_with_undecided_and_statistics() {
        let mut short = sample::two_files();
        short.findings.truncate(1);
        let style = Style {
            unicode: false,
            undecided: true,
            statistics: true,
            width: 72,
            ..Style::plain()
        };
        insta::assert_snapshot!(render(&short, &style), @r#"
        error[AKS104]: DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16
           ,-[main.tf:8:22]
         6 |     network_plugin = "azure"
         7 |     service_cidr   = var.service_cidr
           :                      ^^^^^^^^|^^^^^^^
           :                              `-- the service range
         8 |     dns_service_ip = "10.1.0.10"
           :                      ^^^^^|^^^^^
           :                           `-- not in the service range
         9 |   }
           |-[variables.tf:3:13]
         3 |   default = "10.0.0.0/16"
           :             ^^^^^^|^^^^^^
           :                   `-- default of var.service_cidr
           `----
          help: use an address inside 10.0.0.0/16, by convention the tenth:
                10.0.0.10
           fix: replace it with 10.0.0.10 (safe)
                8 - dns_service_ip = "10.1.0.10"
                8 + dns_service_ip = "10.0.0.10"

        `var.location` keeps 2 rules on 1 resource undecided
          because variable "location" has no value
          at main.tf:3:14
          AKS301, AKS302

        1  AKS104  dns-service-ip-outside-service-cidr

        1 error; 1 suppressed; 2 undecided; 2 files, 1 cluster
        "#);
    }

    #[test]
    fn narrated() {
        let mut short = sample::two_files();
        short.findings.truncate(1);
        let style = Style {
            narrated: true,
            ..Style::plain()
        };
        insta::assert_snapshot!(render(&short, &style), @r#"
        error[AKS104]: DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16
        Begin snippet for main.tf starting at line 6, column 1
        snippet line 6:     network_plugin = "azure"
        snippet line 7:     service_cidr   = var.service_cidr
            label at line 7, columns 22 to 37: the service range
        snippet line 8:     dns_service_ip = "10.1.0.10"
            label at line 8, columns 22 to 32: not in the service range
        snippet line 9:   }
        Begin snippet for variables.tf starting at line 3, column 13
        snippet line 3:   default = "10.0.0.0/16"
            label at line 3, columns 13 to 25: default of var.service_cidr
          help: use an address inside 10.0.0.0/16, by convention the tenth: 10.0.0.10
           fix: replace it with 10.0.0.10 (safe)
                8 - dns_service_ip = "10.1.0.10"
                8 + dns_service_ip = "10.0.0.10"

        1 error; 1 suppressed; 2 undecided (--undecided lists them); 2 files, 1 cluster
        "#);
    }

    #[test]
    fn coloured() {
        let style = Style {
            colour: true,
            ..Style::plain()
        };
        let coloured = render(&sample::two_files(), &style).replace('\u{1b}', "ESC");
        let first: Vec<&str> = coloured.lines().take(8).collect();
        insta::assert_snapshot!(first.join("\n"), @r#"
        ESC[1;31merror[AKS104]ESC[0mESC[1m: DNS service IP 10.1.0.10 is outside the service CIDR 10.0.0.0/16ESC[0m
           ╭─[main.tf:8:22]
         ESC[2m6ESC[0m │     network_plugin = "azure"
         ESC[2m7ESC[0m │     service_cidr   = var.service_cidr
           · ESC[36m                     ────────┬───────ESC[0m
           ·                              ESC[36m╰── ESC[36mthe service rangeESC[0mESC[0m
         ESC[2m8ESC[0m │     dns_service_ip = "10.1.0.10"
           · ESC[31m                     ─────┬─────ESC[0m
        "#);
    }

    #[test]
    fn hostile_text_commands_no_terminal() {
        insta::assert_snapshot!(render_human(&sample::hostile()), @r#"
        advice[AKS105]: name a\u{1b}]0;owned\u{7}\nsecond line
           ╭─[a\u{1b}[31m.tf:2:9]
         1 │ x = 1
         2 │     name = "a?]0;owned?ü�" # ok
           ·            ───────┬───────
           ·                   ╰── a\u{9b}b
           ╰────

        1 advice; 12 files, 3 clusters
        "#);
    }

    #[test]
    fn a_clean_run() {
        assert_eq!(
            render_human(&sample::clean()),
            "no findings; 12 files, 3 clusters\n"
        );
        let quiet = Style {
            quiet: true,
            ..Style::plain()
        };
        assert_eq!(render(&sample::clean(), &quiet), "");
    }
}
