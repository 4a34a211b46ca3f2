//! Network plugin and mode, and which ways of giving pods their addresses they leave open.

use super::cluster::{Terms, change};
use super::filler::Filler;
use crate::azure::defaults;
use crate::model::{Cluster, NetworkPlugin, PluginMode};
use crate::truth::Truth;
use crate::value::{Cause, ProvId, ProvKind, State, Unknown, Value};

/// A way that pods get their addresses, as far as plugin and mode say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Way {
    /// Kubenet.
    Kubenet,
    /// Azure CNI from a range outside the VNet.
    Overlay,
    /// Azure CNI from the node subnet or a pod subnet.
    Flat,
    /// Bring your own.
    ByoCni,
}

/// The ways that plugin and mode leave open.
#[derive(Clone, Debug)]
pub(super) struct Ways {
    /// All of them; `None` when they cannot be listed.
    pub all: Option<Vec<Way>>,
    /// Why there is more than one, or none is listed.
    pub open: Option<(Cause, ProvId)>,
}

impl Ways {
    /// Returns the ways of a cluster of which nothing is known.
    pub(super) fn unlisted(open: Option<(Cause, ProvId)>) -> Self {
        Ways { all: None, open }
    }
}

/// Fills in plugin and mode of a cluster; returns the ways that they leave open.
pub(super) fn fill(cluster: &mut Cluster, terms: &Terms, filler: Filler<'_>) -> Ways {
    if let State::Unknown(unknown) = &mut cluster.network_plugin.state {
        // A profile without a plugin is refused, and without a profile Azure fills one in.
        unknown.null = Truth::False;
    }
    if terms.automatic.is_true() {
        // Source: azure-aks-docs intro-aks-automatic.md, "Networking"; read 2026-11-22.
        overlay(cluster, filler);
    } else if cluster.network_plugin.is_absent()
        && let Some(open) = omitted(cluster, terms, filler)
    {
        return open;
    }
    ways(&cluster.network_plugin, &cluster.network_plugin_mode)
}

/// Fills in what Azure chooses by the Kubernetes version; returns the ways if that is not known.
fn omitted(cluster: &mut Cluster, terms: &Terms, filler: Filler<'_>) -> Option<Ways> {
    let (cause, origin) = match &cluster.kubernetes_version.state {
        State::Known(version) => {
            if (version.major, version.minor) >= defaults::OVERLAY_BY_DEFAULT_SINCE {
                overlay(cluster, filler);
            } else {
                change(&mut cluster.network_plugin, |v| {
                    filler.or(v, ProvKind::AzureDefault, NetworkPlugin::Kubenet)
                });
            }
            return None;
        }
        State::Unknown(unknown) => (unknown.cause, unknown.origin),
        State::Absent | State::Invalid { .. } => {
            let version = terms.vocabulary.spell("kubernetes_version");
            let lacking = filler.lacks(cluster.kubernetes_version.prov, version);
            (Cause::ComputedAtApply, lacking)
        }
    };
    let either = [NetworkPlugin::Azure, NetworkPlugin::Kubenet];
    let plugin = Unknown {
        one_of: Some(either.into()),
        null: Truth::False,
        ..Unknown::new(cause, origin)
    };
    change(&mut cluster.network_plugin, |v| filler.unknown(&v, plugin));
    if cluster.network_plugin_mode.is_absent() {
        let perhaps = Unknown {
            one_of: Some([PluginMode::Overlay].into()),
            ..Unknown::new(cause, origin)
        };
        change(&mut cluster.network_plugin_mode, |v| {
            filler.unknown(&v, perhaps)
        });
    }
    Some(Ways {
        all: Some(vec![Way::Overlay, Way::Kubenet]),
        open: Some((cause, origin)),
    })
}

fn overlay(cluster: &mut Cluster, filler: Filler<'_>) {
    let azure = ProvKind::AzureDefault;
    change(&mut cluster.network_plugin, |v| {
        filler.or(v, azure, NetworkPlugin::Azure)
    });
    change(&mut cluster.network_plugin_mode, |v| {
        filler.or(v, azure, PluginMode::Overlay)
    });
}

fn ways(plugin: &Value<NetworkPlugin>, mode: &Value<PluginMode>) -> Ways {
    let plugins = match &plugin.state {
        State::Known(plugin) => Some(vec![*plugin]),
        State::Unknown(unknown) => unknown.one_of.as_deref().map(<[_]>::to_vec),
        State::Absent | State::Invalid { .. } => None,
    };
    let modes: &[Way] = match &mode.state {
        State::Known(PluginMode::Overlay) => &[Way::Overlay],
        State::Unknown(unknown) if unknown.null.is_false() => &[Way::Overlay],
        State::Unknown(_) | State::Invalid { .. } => &[Way::Overlay, Way::Flat],
        State::Absent => &[Way::Flat],
    };
    let all = plugins.map(|plugins| {
        let ways = plugins.iter().flat_map(|plugin| match plugin {
            NetworkPlugin::Kubenet => &[Way::Kubenet],
            NetworkPlugin::None => &[Way::ByoCni],
            NetworkPlugin::Azure => modes,
        });
        ways.copied().collect()
    });
    let open = why(plugin).or_else(|| why(mode));
    Ways { all, open }
}

fn why<T>(value: &Value<T>) -> Option<(Cause, ProvId)> {
    match &value.state {
        State::Unknown(unknown) => Some((unknown.cause, unknown.origin)),
        State::Invalid { .. } => Some((Cause::Broken, value.prov)),
        State::Known(_) | State::Absent => None,
    }
}
