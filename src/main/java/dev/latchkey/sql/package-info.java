/** Reading rows and recognising what the database reports. */
@NullMarked
package dev.latchkey.sql;

import org.jspecify.annotations.NullMarked;
