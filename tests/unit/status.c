/* The one list of statuses. */
#include "test.h"

TEST(every_status_has_a_name_and_a_text)
{
    EXPECT_TEXT(rouse_status_name(ROUSE_ERR_CLOSED), "ROUSE_ERR_CLOSED");
    EXPECT_TEXT(rouse_status_text(ROUSE_ERR_CLOSED), "the other side is closed");
    for (rouse_status status = ROUSE_ERR_IO; status < 0; status++) {
        EXPECT(strncmp(rouse_status_name(status), "ROUSE_ERR_", 10) == 0);
        EXPECT(rouse_status_name(status)[10] != '?');
        EXPECT(strcmp(rouse_status_text(status), "an unknown status") != 0);
    }
}

TEST(success_foreign_and_unknown_codes_have_texts_too)
{
    EXPECT_TEXT(rouse_status_name(ROUSE_OK), "ROUSE_OK");
    EXPECT_TEXT(rouse_status_text(ROUSE_OK), "success");
    EXPECT_TEXT(rouse_status_name(-1234), "ROUSE_USER");
    EXPECT_TEXT(rouse_status_text(-1234), "an application error");
    EXPECT_TEXT(rouse_status_name(-99), "ROUSE_ERR_?");
    EXPECT_TEXT(rouse_status_text(-99), "an unknown status");
}

TEST(codes_are_stable)
{
    EXPECT_EQ(ROUSE_ERR_CANCELLED, -1);
    EXPECT_EQ(ROUSE_ERR_TIMEOUT, -4);
    EXPECT_EQ(ROUSE_ERR_DEADLOCK, -10);
    EXPECT_EQ(ROUSE_ERR_NOT_FOUND, -11);
    EXPECT_EQ(ROUSE_ERR_IO, -20);
}
