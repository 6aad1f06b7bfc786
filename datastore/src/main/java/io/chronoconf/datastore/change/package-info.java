/// What distinguishes two trees, in the terms of YANG Patch (RFC 8072).
@NullMarked
package io.chronoconf.datastore.change;

import org.jspecify.annotations.NullMarked;
