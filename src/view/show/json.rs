//! `show` for programs, version 1: `docs/show.schema.json`.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use crate::source::{Sources, Span};
use crate::value::Hop;
use crate::view::harmless::write_json;
use crate::view::place::location;

use super::entities::{ShownCluster, ShownEntity, ShownPool, Understood, Values};
use super::value::Shown;

/// Writes everything.
pub(super) fn write(
    all: &Understood<'_>,
    sources: &Sources,
    out: &mut dyn Write,
) -> io::Result<()> {
    let to = Printer { sources };
    let clusters: Vec<Json> = all.clusters.iter().map(|c| to.cluster(c)).collect();
    let subnets: Vec<Json> = all.subnets.iter().map(|s| to.entity(s)).collect();
    let vnets: Vec<Json> = all.virtual_networks.iter().map(|v| to.vnet(v)).collect();
    let report = json!({
        "version": 1,
        "clusters": clusters,
        "subnets": subnets,
        "virtual_networks": vnets,
    });
    write_json(&report, out)
}

struct Printer<'a> {
    sources: &'a Sources,
}

impl Printer<'_> {
    fn cluster(&self, cluster: &ShownCluster<'_>) -> Json {
        let pools: Vec<Json> = cluster.pools.iter().map(|pool| self.pool(pool)).collect();
        json!({
            "address": cluster.entity.address,
            "source": cluster.source,
            "root": cluster.entity.root,
            "variant": cluster.entity.variant,
            "location": self.place(cluster.entity.head),
            "model": cluster.model,
            "values": self.values(&cluster.entity.values),
            "node_pools": pools,
        })
    }

    fn pool(&self, pool: &ShownPool<'_>) -> Json {
        json!({
            "name": pool.name,
            "address": pool.entity.address,
            "location": self.place(pool.entity.head),
            "values": self.values(&pool.entity.values),
        })
    }

    fn vnet(&self, vnet: &ShownEntity<'_>) -> Json {
        let mut json = self.entity(vnet);
        json["peers"] = vnet.peers.iter().map(|peer| self.value(peer)).collect();
        json
    }

    fn entity(&self, entity: &ShownEntity<'_>) -> Json {
        let mut json = json!({
            "address": entity.address,
            "root": entity.root,
            "variant": entity.variant,
            "location": self.place(entity.head),
        });
        for (name, value) in &entity.values {
            json[*name] = self.value(value);
        }
        json
    }

    fn values(&self, values: &Values) -> Json {
        let one = |(name, value): &(&'static str, Shown)| ((*name).to_owned(), self.value(value));
        Json::Object(values.iter().map(one).collect())
    }

    fn value(&self, shown: &Shown) -> Json {
        let mut json = Map::new();
        json.insert("state".to_owned(), shown.state.into());
        if let Some(value) = &shown.value {
            json.insert("value".to_owned(), value.clone());
        }
        if !shown.elements.is_empty() {
            let elements: Vec<Json> = shown.elements.iter().map(|one| self.value(one)).collect();
            json.insert("elements".to_owned(), elements.into());
        }
        if let Some(because) = &shown.because {
            json.insert("because".to_owned(), because.as_str().into());
        }
        if !shown.one_of.is_empty() {
            json.insert("one_of".to_owned(), shown.one_of.clone().into());
        }
        if let Some(span) = shown.span {
            json.insert("location".to_owned(), self.place(span));
        }
        let hop = |hop: &Hop| json!({"text": hop.text, "location": self.place(hop.span)});
        let trail: Vec<Json> = shown.trail.iter().map(hop).collect();
        json.insert("trail".to_owned(), trail.into());
        Json::Object(json)
    }

    fn place(&self, span: Span) -> Json {
        json!(location(self.sources, span))
    }
}
