// config.conferenceRequestUrl = 'https://old.example/conference-request/v1';
config.defaultLanguage = 'vi';
// trap
config.conferenceRequestUrl = 'https://meet.example.gov.vn/conference-request/v1';
