-- A stub of the Citus functions that the migration calls, with the errors that the documentation and the sources of Citus
-- describe. It records the calls and does not move rows.
create schema citus;
create table citus.call (number serial primary key, statement text not null);
create table citus.fault (table_name text primary key);
create table citus.pg_dist_partition (logicalrelid regclass primary key, distribution_column text, colocation oid);

create function citus.note(table_name regclass, statement text) returns void language plpgsql as $$
begin
    if exists (select 1 from citus.fault f where f.table_name = note.table_name::text) then
        raise exception 'connection to the remote node failed';
    end if;
    if exists (select 1 from citus.pg_dist_partition p where p.logicalrelid = note.table_name) then
        raise exception 'table "%" is already distributed', table_name;
    end if;
    insert into citus.call (statement) values (statement);
end $$;

create function citus.create_reference_table(table_name regclass) returns void language plpgsql as $$
begin
    perform citus.note(table_name, table_name || ' everywhere');
    insert into citus.pg_dist_partition values (table_name, null, null);
end $$;

create function citus.create_distributed_table(table_name regclass, distribution_column text,
        distribution_type text default 'hash', colocate_with text default 'default', shard_count int default null)
    returns void language plpgsql as $$
declare
    group_of oid;
begin
    perform citus.note(table_name, table_name || ' by ' || distribution_column
            || case when colocate_with = 'none' then '' else ' with ' || colocate_with end);
    if not exists (select 1 from pg_attribute
                    where attrelid = table_name and attname = distribution_column and not attisdropped) then
        raise exception 'column "%" of relation "%" does not exist', distribution_column, table_name;
    end if;
    if exists (select 1 from pg_index x
                where x.indrelid = table_name and x.indisunique
                  and not exists (select 1 from pg_attribute a
                                   where a.attrelid = table_name and a.attname = distribution_column
                                     and a.attnum = any (x.indkey))) then
        raise exception 'cannot create constraint on "%"', table_name;
    end if;
    group_of := table_name;
    if colocate_with <> 'none' then
        select p.colocation into group_of from citus.pg_dist_partition p
         where p.logicalrelid = colocate_with::regclass;
        if group_of is null then
            raise exception 'relation % is not distributed', colocate_with;
        end if;
    end if;
    if exists (select 1 from pg_constraint c
                where c.contype = 'f' and c.conrelid = table_name
                  and not exists (select 1 from citus.pg_dist_partition p
                                   where p.logicalrelid = c.confrelid
                                     and (p.colocation is null or p.colocation = group_of))) then
        raise exception 'referenced table must be a distributed table or a reference table';
    end if;
    insert into citus.pg_dist_partition values (table_name, distribution_column, group_of);
end $$;

create function citus.truncate_local_data_after_distributing_table(table_name regclass) returns void
    language plpgsql as $$
begin
    if exists (select 1 from pg_constraint c
                where c.contype = 'f' and c.confrelid = table_name
                  and not exists (select 1 from citus.pg_dist_partition p where p.logicalrelid = c.conrelid)) then
        raise exception 'cannot truncate a table referenced in a foreign key constraint by a local table';
    end if;
    insert into citus.call (statement) values (table_name || ' forgotten');
end $$;

create table citus.pg_dist_object (classid oid, objid oid primary key, distribution_argument_index integer);

create function citus.create_distributed_function(function_name regprocedure, distribution_arg_name text default null,
        colocate_with text default 'default')
    returns void language plpgsql as $$
declare
    argument integer := array_position((select proargnames from pg_proc where oid = function_name),
                                       distribution_arg_name);
begin
    if distribution_arg_name is not null and argument is null then
        raise exception 'cannot distribute the function "%" since the distribution argument is not valid',
                        function_name;
    end if;
    insert into citus.pg_dist_object values ('pg_proc'::regclass, function_name, argument - 1)
        on conflict (objid) do update set distribution_argument_index = excluded.distribution_argument_index;
end $$;
