//! A value of the model as it is shown: its state, its content, why it is open, where it came from.

use std::net::IpAddr;
use std::sync::Arc;

use serde_json::Value as Json;

use crate::cidr::Cidr;
use crate::model::{
    BackendPoolType, DataPlane, Id, IdentityKind, IpVersion, LoadBalancerSku, Network,
    NetworkPlugin, NetworkPolicy, NodeProvisioning, OsType, OutboundType, PluginMode,
    PodIpAllocation, PoolMode, PublicIp, PublicIpPrefix, Subnet, Surge, Version, VirtualNetwork,
};
use crate::source::Span;
use crate::value::{Cause, Hop, ProvId, ProvKind, State, Value};

/// What stands for a value that must not be shown.
const MASK: &str = "(sensitive)";

/// A value as it is shown.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// `set`, `default`, `absent`, `invalid` or `unknown`.
    pub(super) state: &'static str,
    /// The content if it is known, the text of an invalid one.
    pub(super) value: Option<Json>,
    /// The elements of a list of which not all are known.
    pub(super) elements: Vec<Shown>,
    /// Why it is not known.
    pub(super) because: Option<String>,
    /// Everything that it can be, where it is not known but that can be listed; null if it may be absent.
    pub(super) one_of: Vec<Json>,
    /// Its place, or the block that lacks it.
    pub(super) span: Option<Span>,
    /// Where it came from.
    pub(super) trail: Vec<Hop>,
}

/// Something that a value of the model can hold.
pub(super) trait Content {
    /// Returns it as a string, number, bool or list; a link is an address.
    fn json(&self, network: &Network) -> Json;

    /// Returns why a part of it is not known, if one is not.
    fn open(&self) -> Option<(Cause, ProvId)> {
        None
    }

    /// Returns its elements.
    fn elements(&self, _network: &Network) -> Vec<Shown> {
        Vec::new()
    }
}

impl Content for u32 {
    fn json(&self, _: &Network) -> Json {
        (*self).into()
    }
}

impl Content for bool {
    fn json(&self, _: &Network) -> Json {
        (*self).into()
    }
}

impl Content for Surge {
    fn json(&self, _: &Network) -> Json {
        match self {
            Surge::Nodes(nodes) => (*nodes).into(),
            Surge::Percent(_) => self.to_string().into(),
        }
    }
}

impl<T: Content> Content for Vec<Value<T>> {
    fn open(&self) -> Option<(Cause, ProvId)> {
        self.iter().find_map(|item| match &item.state {
            State::Unknown(unknown) => Some((unknown.cause, unknown.origin)),
            State::Known(_) | State::Absent | State::Invalid { .. } => None,
        })
    }

    fn elements(&self, network: &Network) -> Vec<Shown> {
        self.iter().map(|item| shown(network, item)).collect()
    }

    /// An element that is not known is null.
    fn json(&self, network: &Network) -> Json {
        let element = |item: &Value<T>| match &item.state {
            State::Absent | State::Unknown(_) => Json::Null,
            State::Known(_) | State::Invalid { .. } if item.sensitive => MASK.into(),
            State::Known(value) => value.json(network),
            State::Invalid { text, .. } => (&**text).into(),
        };
        self.iter().map(element).collect()
    }
}

/// Gives types that print as they are written the same [`Content`]: a blanket implementation would clash with numbers.
macro_rules! as_printed {
    ($($name:ty),+ $(,)?) => {
        $(impl Content for $name {
            fn json(&self, _: &Network) -> Json {
                self.to_string().into()
            }
        })+
    };
}

as_printed!(
    Arc<str>,
    Cidr,
    IpAddr,
    Version,
    NetworkPlugin,
    PluginMode,
    NetworkPolicy,
    DataPlane,
    LoadBalancerSku,
    OutboundType,
    IpVersion,
    BackendPoolType,
    IdentityKind,
    NodeProvisioning,
    OsType,
    PoolMode,
    PodIpAllocation,
);

/// Gives links the address of what they lead to: each kind has a collection of its own type.
macro_rules! as_address {
    ($($target:ty => $collection:ident),+ $(,)?) => {
        $(impl Content for Id<$target> {
            fn json(&self, network: &Network) -> Json {
                let target = network.$collection[*self].id;
                network.entity(target).address.as_str().into()
            }
        })+
    };
}

as_address!(
    Subnet => subnets,
    VirtualNetwork => virtual_networks,
    PublicIp => public_ips,
    PublicIpPrefix => public_ip_prefixes,
);

/// Returns a value as it is shown; a sensitive one is masked.
pub(super) fn shown<T: Content>(network: &Network, value: &Value<T>) -> Shown {
    let mut shown = outline(network, value);
    match &value.state {
        State::Known(known) => {
            shown.value = Some(known.json(network));
            if let Some((cause, origin)) = known.open() {
                shown.state = "unknown";
                shown.elements = known.elements(network);
                shown.because = Some(network.provenance.because(cause, origin));
            }
        }
        State::Unknown(unknown) => {
            for one in unknown.one_of.iter().flat_map(|all| all.iter()) {
                let one = one.json(network);
                if !shown.one_of.contains(&one) {
                    shown.one_of.push(one);
                }
            }
            if !shown.one_of.is_empty() && !unknown.null.is_false() {
                shown.one_of.push(Json::Null);
            }
        }
        State::Absent | State::Invalid { .. } => {}
    }
    if value.sensitive {
        shown.value = shown.value.map(|_| MASK.into());
        shown.one_of.clear();
        shown.elements.clear();
        shown.trail.clear();
    }
    shown
}

/// Returns a value without its content.
pub(super) fn outline<T>(network: &Network, value: &Value<T>) -> Shown {
    let provenance = &network.provenance;
    let mut shown = Shown {
        state: "absent",
        value: None,
        elements: Vec::new(),
        because: None,
        one_of: Vec::new(),
        span: provenance.span(value.prov),
        trail: provenance.trail(value.prov),
    };
    match &value.state {
        State::Absent => {}
        State::Known(_) => shown.state = known_state(provenance.source_kind(value.prov)),
        State::Invalid { text, .. } => {
            shown.state = "invalid";
            shown.value = Some((&**text).into());
        }
        State::Unknown(unknown) => {
            shown.state = "unknown";
            shown.because = Some(provenance.because(unknown.cause, unknown.origin));
        }
    }
    shown
}

fn known_state(kind: ProvKind) -> &'static str {
    match kind {
        ProvKind::AzureDefault | ProvKind::ProviderDefault | ProvKind::ModuleDefault => "default",
        _ => "set",
    }
}
