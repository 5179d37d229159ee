package vn.giaoban.directory.registry.card;

import static vn.giaoban.directory.registry.card.Text.CHOICE;
import static vn.giaoban.directory.registry.card.Text.CODE_OF;
import static vn.giaoban.directory.registry.card.Text.DATE;
import static vn.giaoban.directory.registry.card.Text.HOURS;
import static vn.giaoban.directory.registry.card.Text.LIST;
import static vn.giaoban.directory.registry.card.Text.MAIL;
import static vn.giaoban.directory.registry.card.Text.NUMBER;
import static vn.giaoban.directory.registry.card.Text.ONE_WORD;
import static vn.giaoban.directory.registry.card.Text.PHONE_OF;
import static vn.giaoban.directory.registry.card.Text.PLAIN;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import vn.giaoban.directory.Folded;
import vn.giaoban.http.Words;

/**
 * Everything that the registry knows of an endpoint, each thing as one text: the columns of an import, the fields of a
 * form and the names in the journal are the same. The first ones have a time axis, the others hold now.
 */
public enum Column {
    CODE("code", CODE_OF, 40, "Mã điểm cầu", "Code"),
    NAME("name", PLAIN, 200, "Tên điểm cầu", "Name"),
    NAME_EN("nameEn", PLAIN, 200, "Tên tiếng Anh", "English name"),
    KIND("kind", CHOICE, 40, "Loại đơn vị", "Kind of unit"),
    PARENT("parent", ONE_WORD, 40, "Trực thuộc (mã điểm cầu)", "Parent (code)"),
    ORGANISATION("organisation", ONE_WORD, 40, "Đơn vị quản lý (mã)", "Organisation (code)"),
    PROVINCE_SYSTEM("provinceSystem", ONE_WORD, 10, "Hệ mã tỉnh", "Province code system"),
    PROVINCE("province", PLAIN, 60, "Tỉnh, thành phố", "Province"),
    VALID_FROM("validFrom", DATE, 10, "Hiệu lực từ", "Valid from"),
    SORT("sort", NUMBER, 1_000_000, "Thứ tự", "Order"),
    CONNECTION("connection", CHOICE, 40, "Hình thức kết nối", "Connection"),
    ROOM("room", PLAIN, 200, "Phòng họp", "Room"),
    CAPACITY("capacity", NUMBER, 100_000, "Sức chứa", "Capacity"),
    EQUIPMENT("equipment", LIST, 2_000, "Thiết bị", "Equipment"),
    EQUIPMENT_NOTE("equipmentNote", PLAIN, 1_000, "Ghi chú thiết bị", "Equipment notes"),
    SIP("sip", ONE_WORD, 200, "Địa chỉ SIP", "SIP address"),
    H323_ALIAS("h323Alias", PLAIN, 100, "Bí danh H.323", "H.323 alias"),
    H323_GATEWAY("h323Gateway", ONE_WORD, 200, "Cổng H.323", "H.323 gateway"),
    DIAL_PHONE("dialPhone", PHONE_OF, 40, "Số điện thoại quay vào", "Dial-in phone"),
    PROVIDER("provider", PLAIN, 100, "Nhà cung cấp đường truyền", "Line provider"),
    MBPS("mbps", NUMBER, 1_000_000, "Băng thông (Mb/s)", "Bandwidth (Mb/s)"),
    SECOND_ROUTE("secondRoute", PLAIN, 200, "Đường truyền dự phòng", "Second route"),
    FALLBACK_PHONE("fallbackPhone", PHONE_OF, 40, "Điện thoại dự phòng", "Fallback phone"),
    DUTY_NAME("dutyName", PLAIN, 200, "Kỹ thuật viên trực", "Duty technician"),
    DUTY_PHONE("dutyPhone", PHONE_OF, 40, "Điện thoại trực", "Duty phone"),
    CONTACT1_NAME("contact1Name", PLAIN, 200, "Liên hệ 1: họ tên", "Contact 1: name"),
    CONTACT1_PHONE("contact1Phone", PHONE_OF, 40, "Liên hệ 1: điện thoại", "Contact 1: phone"),
    CONTACT1_EMAIL("contact1Email", MAIL, 200, "Liên hệ 1: thư điện tử", "Contact 1: e-mail"),
    CONTACT1_ROLE("contact1Role", PLAIN, 200, "Liên hệ 1: vai trò", "Contact 1: role"),
    CONTACT1_HOURS("contact1Hours", HOURS, 20, "Liên hệ 1: giờ làm việc", "Contact 1: hours"),
    CONTACT2_NAME("contact2Name", PLAIN, 200, "Liên hệ 2: họ tên", "Contact 2: name"),
    CONTACT2_PHONE("contact2Phone", PHONE_OF, 40, "Liên hệ 2: điện thoại", "Contact 2: phone"),
    CONTACT2_EMAIL("contact2Email", MAIL, 200, "Liên hệ 2: thư điện tử", "Contact 2: e-mail"),
    CONTACT2_ROLE("contact2Role", PLAIN, 200, "Liên hệ 2: vai trò", "Contact 2: role"),
    CONTACT2_HOURS("contact2Hours", HOURS, 20, "Liên hệ 2: giờ làm việc", "Contact 2: hours"),
    CONTACT3_NAME("contact3Name", PLAIN, 200, "Liên hệ 3: họ tên", "Contact 3: name"),
    CONTACT3_PHONE("contact3Phone", PHONE_OF, 40, "Liên hệ 3: điện thoại", "Contact 3: phone"),
    CONTACT3_EMAIL("contact3Email", MAIL, 200, "Liên hệ 3: thư điện tử", "Contact 3: e-mail"),
    CONTACT3_ROLE("contact3Role", PLAIN, 200, "Liên hệ 3: vai trò", "Contact 3: role"),
    CONTACT3_HOURS("contact3Hours", HOURS, 20, "Liên hệ 3: giờ làm việc", "Contact 3: hours");

    /** How many contacts an endpoint has at most. */
    public static final int CONTACTS = 3;

    /** What a contact is made of, in the order of its columns. */
    public static final List<String> CONTACT = List.of("name", "phone", "email", "role", "hours");

    private static final Map<String, Column> BY_HEADING = new HashMap<>();

    static {
        for (var column : values())
            for (var heading : List.of(column.key, column.vi, column.en)) BY_HEADING.put(Folded.of(heading), column);
    }

    public final String key;
    public final Text text;
    /** Of a text its length, of a number its value. */
    final int most;

    private final String vi;
    private final String en;

    Column(String key, Text text, int most, String vi, String en) {
        this.key = key;
        this.text = text;
        this.most = most;
        this.vi = vi;
        this.en = en;
    }

    public String heading(Words words) {
        return words == Words.EN ? en : vi;
    }

    /** The column of a heading in either language, however its tones are typed; null for none of ours. */
    public static Column of(String heading) {
        return BY_HEADING.get(Folded.of(heading));
    }

    public static Column byKey(String key) {
        return Arrays.stream(values())
                .filter(c -> c.key.equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** Whether a change of it is a new period rather than a new fact. */
    public boolean named() {
        return compareTo(VALID_FROM) <= 0;
    }

    /** Names, numbers and addresses of persons: they stand beside the chain of the journal, where they can be erased. */
    public boolean personal() {
        return compareTo(FALLBACK_PHONE) >= 0;
    }

    private static final List<Column> OF_CONTACTS = Arrays.stream(values())
            .filter(column -> column.compareTo(CONTACT1_NAME) >= 0)
            .toList();

    /** Which field of which contact it is: counted from the first field of the first one; below 0 for what is none. */
    public int placeInContacts() {
        return OF_CONTACTS.indexOf(this);
    }

    /** Place {@code i} of the contact {@code n}, both from 0. */
    public static Column contact(int n, int i) {
        return OF_CONTACTS.get(n * CONTACT.size() + i);
    }
}
