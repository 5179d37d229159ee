package vn.giaoban.directory;

/** A unit of the ministry or one that it deals with, also when it has ended: what ended it and what took its place. */
public record Unit(
        String key,
        String name,
        String nameEn,
        String abbreviation,
        String level,
        String status,
        String endedOn,
        String successor) {}
