VirtualHost "meet.example.gov.vn"
    -- trap
    enable_password_token_verification = false
