//! Network plugin and mode, and which ways of giving pods their addresses they leave open.

use crate::azure::defaults;
use crate::model::{NetworkPlugin, PluginMode};
use crate::schema::convert;
use crate::schema::reader::Reader;
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

/// Plugin and mode, with what is filled in.
pub(super) struct Addressing {
    pub plugin: Value<NetworkPlugin>,
    pub mode: Value<PluginMode>,
    pub ways: Ways,
}

/// Returns plugin and mode of a cluster whose network profile is `profile`.
pub(super) fn read(cluster: &Reader<'_>, profile: &Reader<'_>) -> Addressing {
    let mut plugin = profile.value("network_plugin", convert::choice);
    let mode = profile.value("network_plugin_mode", convert::choice);
    match &mut plugin.state {
        State::Absent => return omitted(cluster, profile, plugin, mode),
        // A profile without a plugin is refused, and without a profile Azure fills one in.
        State::Unknown(unknown) => unknown.null = Truth::False,
        State::Known(_) | State::Invalid { .. } => {}
    }
    let ways = ways(&plugin, &mode);
    Addressing { plugin, mode, ways }
}

/// Returns plugin and mode of a cluster that Azure sets up as it sees fit. Source: azure-aks-docs intro-aks-automatic.md,
/// "Networking".
pub(super) fn automatic(profile: &Reader<'_>) -> Addressing {
    let plugin = profile.absent("network_plugin");
    let mode = profile.absent("network_plugin_mode");
    overlay(profile, plugin, mode)
}

/// Fills in what Azure chooses by the Kubernetes version.
fn omitted(
    cluster: &Reader<'_>,
    profile: &Reader<'_>,
    plugin: Value<NetworkPlugin>,
    mode: Value<PluginMode>,
) -> Addressing {
    let version = cluster.value("kubernetes_version", convert::version);
    let (cause, origin) = match version.state {
        State::Known(version) => {
            if (version.major, version.minor) >= defaults::OVERLAY_BY_DEFAULT_SINCE {
                return overlay(profile, plugin, mode);
            }
            let kubenet = NetworkPlugin::Kubenet;
            let plugin = profile.or(plugin, ProvKind::AzureDefault, kubenet);
            let ways = ways(&plugin, &mode);
            return Addressing { plugin, mode, ways };
        }
        State::Unknown(unknown) => (unknown.cause, unknown.origin),
        State::Absent | State::Invalid { .. } => {
            (Cause::ComputedAtApply, cluster.lacks("kubernetes_version"))
        }
    };
    let either = [NetworkPlugin::Azure, NetworkPlugin::Kubenet];
    let plugin = Unknown {
        one_of: Some(either.into()),
        null: Truth::False,
        ..Unknown::new(cause, origin)
    };
    let perhaps = Unknown {
        one_of: Some([PluginMode::Overlay].into()),
        ..Unknown::new(cause, origin)
    };
    Addressing {
        plugin: profile.unknown("network_plugin", plugin),
        mode: if mode.is_absent() {
            profile.unknown("network_plugin_mode", perhaps)
        } else {
            mode
        },
        ways: Ways {
            all: Some(vec![Way::Overlay, Way::Kubenet]),
            open: Some((cause, origin)),
        },
    }
}

fn overlay(
    profile: &Reader<'_>,
    plugin: Value<NetworkPlugin>,
    mode: Value<PluginMode>,
) -> Addressing {
    let azure = ProvKind::AzureDefault;
    let plugin = profile.or(plugin, azure, NetworkPlugin::Azure);
    let mode = profile.or(mode, azure, PluginMode::Overlay);
    let ways = ways(&plugin, &mode);
    Addressing { plugin, mode, ways }
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
