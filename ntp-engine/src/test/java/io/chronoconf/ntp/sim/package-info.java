/// A network of nodes in simulated time: real engines, responders and packets over simulated clocks
/// and paths. It repeats exactly for a seed, and thirty thousand seconds take about one.
@NullMarked
package io.chronoconf.ntp.sim;

import org.jspecify.annotations.NullMarked;
