package dev.wharfinger.deploy;

/** Where the deployments of one environment go. */
public sealed interface TargetSettings permits LocalSettings {}
