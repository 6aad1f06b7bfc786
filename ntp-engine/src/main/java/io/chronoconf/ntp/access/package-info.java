/// Who may do what with the service: the four access rights of the guide and their lists.
@NullMarked
package io.chronoconf.ntp.access;

import org.jspecify.annotations.NullMarked;
