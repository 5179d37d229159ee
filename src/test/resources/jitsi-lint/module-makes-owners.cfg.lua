Component "conference.meet.example.gov.vn" "muc"
    storage = "memory"
    -- trap
    modules_enabled = { "muc_meeting_id"; "muc_allowners"; "token_verification" }
