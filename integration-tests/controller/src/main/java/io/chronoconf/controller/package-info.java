/// A program around OpenDaylight's NETCONF southbound: the controller of the integration tests.
@org.jspecify.annotations.NullMarked
package io.chronoconf.controller;
