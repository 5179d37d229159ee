VirtualHost "meet.example.gov.vn"
    -- trap
    allow_empty_token = true;
