//! aksnet, the linter for Azure Kubernetes Service networking.
