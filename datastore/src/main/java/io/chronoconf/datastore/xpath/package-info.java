/// XPath 1.0 with the functions of YANG (RFC 7950 sections 6.4 and 10), evaluated over the
/// accessible tree: data nodes without choices, with the defaults in use and the non-presence
/// containers.
@NullMarked
package io.chronoconf.datastore.xpath;

import org.jspecify.annotations.NullMarked;
