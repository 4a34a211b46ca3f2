//! Budgets for programs, version 1: `docs/capacity.schema.json`.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use crate::source::Sources;
use crate::value::Interval;
use crate::view::harmless::write_json;
use crate::view::place::location;
use crate::what_if::Objection;

use super::Budgets;
use super::egress::Ports;
use super::entries::{Alternative, Entry};
use super::facts::{Facts, Pool, model_word, verdict_word};
use super::number::Number;
use super::space::{Row, Space};

/// Writes everything.
pub(super) fn write(
    entries: &[Entry<'_>],
    budgets: Budgets<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sources = &budgets.analysis.sources;
    let clusters: Vec<Json> = entries
        .iter()
        .map(|entry| cluster(entry, sources))
        .collect();
    let question = (!budgets.question.is_empty()).then(|| budgets.question.to_string());
    let report = json!({"version": 1, "what_if": question, "clusters": clusters});
    write_json(&report, out)
}

fn cluster(entry: &Entry<'_>, sources: &Sources) -> Json {
    let models: Vec<Json> = entry.models.iter().map(alternative).collect();
    json!({
        "address": entry.address,
        "name": entry.name,
        "source": entry.source,
        "root": entry.root,
        "variants": entry.variants,
        "location": location(sources, entry.head),
        "today": design(&entry.today, false),
        "what_if": entry.instead.as_ref().map(|facts| design(facts, true)),
        "models": models,
    })
}

fn alternative(one: &Alternative) -> Json {
    let mut json = design(&one.facts, true);
    json["model"] = one.model.to_string().into();
    json["way"] = one.way.clone().into();
    json
}

fn design(facts: &Facts, judged: bool) -> Json {
    let maybe = |number: &Option<Number>| number.as_ref().map(Number::json);
    let spaces: Vec<Json> = facts.spaces.iter().map(space).collect();
    let services: Vec<Json> = facts.services.iter().map(service).collect();
    let pools: Vec<Json> = facts.pools.iter().map(pool).collect();
    let mut json = json!({
        "model": model_word(facts.model),
        "verdict": verdict_word(facts.verdict),
        "nodes": moments(&facts.nodes),
        "pods": moments(&facts.pods),
        "largest_nodes": maybe(&facts.largest),
        "largest_nodes_with_surge": maybe(&facts.largest_with_surge),
        "largest_pods": maybe(&facts.largest_pods),
        "first_to_run_out": facts.growing.map_or(&[][..], |at| &facts.pools[at].first[..]),
        "pools": pools,
        "spaces": spaces,
        "service_ranges": services,
        "outbound_ports": facts.ports.as_ref().map(ports),
        "notes": facts.notes,
    });
    if judged {
        let objections: Vec<Json> = facts.objections.iter().map(objection).collect();
        json["findings"] = objections.into();
    }
    json
}

fn moments(numbers: &[Number; 3]) -> Json {
    let [now, maximum, upgrade] = numbers;
    json!({"now": now.json(), "maximum": maximum.json(), "upgrade": upgrade.json()})
}

fn space(space: &Space) -> Json {
    let takers: Vec<Json> = space.rows.iter().map(row).collect();
    let [maximum, upgrade] = space.prefixes.map(prefix);
    json!({
        "kind": space.kind,
        "name": space.name,
        "address": space.address,
        "ranges": space.ranges,
        "size": space.size.json(),
        "reserved": space.reserved,
        "available": space.available.json(),
        "takers": takers,
        "taken": moments(&space.taken),
        "taken_if_all_pools_are_upgraded_at_once": space.taken_together.json(),
        "taken_if_all_pods_run": space.taken_full.as_ref().map(Number::json),
        "left": moments(&space.left),
        "verdict": verdict_word(space.verdict),
        "smallest_prefix": {"maximum": maximum, "upgrade": upgrade},
    })
}

fn prefix(prefix: Interval) -> Json {
    json!({"low": prefix.low, "high": prefix.high})
}

fn service(space: &Space) -> Json {
    json!({
        "ranges": space.ranges,
        "size": space.size.json(),
        "reserved": space.reserved,
        "available": space.available.json(),
    })
}

fn row(row: &Row) -> Json {
    let mut json = Map::new();
    let mut add = |name: &str, value: Json| json.insert(name.to_owned(), value);
    add("kind", row.kind.into());
    add("text", row.text.as_str().into());
    add("other_cluster", row.other_cluster.clone().into());
    add("pool", row.pool.clone().into());
    add("may_not_exist", row.uncertain.into());
    add("count", moments(&row.count));
    add("each", row.each.json());
    add("addresses", moments(&row.taken));
    if let Some([blocks, pods, unused]) = &row.blocks {
        let of_node =
            json!({"blocks": blocks.json(), "pods": pods.json(), "unused": unused.json()});
        add("blocks_of_a_node", of_node);
    }
    Json::Object(json)
}

fn pool(pool: &Pool) -> Json {
    let maybe = |number: &Option<Number>| number.as_ref().map(Number::json);
    json!({
        "name": pool.name,
        "address": pool.address,
        "nodes": pool.nodes.json(),
        "max_pods": pool.max_pods.json(),
        "largest_nodes": maybe(&pool.largest),
        "largest_nodes_with_surge": maybe(&pool.largest_with_surge),
        "first_to_run_out": pool.first,
        "gateway_addresses": pool.gateway,
    })
}

fn ports(ports: &Ports) -> Json {
    json!({
        "addresses": ports.addresses.json(),
        "available": ports.available.json(),
        "each": ports.each.json(),
        "nodes": ports.nodes.json(),
        "needed": ports.needed.json(),
        "largest_nodes": ports.largest.as_ref().map(Number::json),
        "verdict": verdict_word(ports.verdict),
    })
}

fn objection(objection: &Objection) -> Json {
    json!({
        "code": objection.rule.to_string(),
        "kind": objection.kind.word(),
        "severity": objection.severity.to_string(),
        "message": objection.message,
    })
}
