package dev.latchkey.sql;

import io.r2dbc.spi.Row;

import org.springframework.core.convert.converter.Converter;

/**
 * Reads one type from a row for the repositories of Spring Data. A bean of this type
 * replaces Spring Data's own mapping, which knows neither typed ids nor nested records.
 */
public interface RowConverter<T> extends Converter<Row, T> {

	@Override
	T convert(Row row);

}
