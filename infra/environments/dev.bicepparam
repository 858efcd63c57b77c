using '../main.bicep'

param environmentName = 'dev'
param location = 'eastus2'
param site = readEnvironmentVariable('SITE')
param storageSku = 'Standard_LRS'
param logRetentionDays = 30
param recordKeys = readEnvironmentVariable('RECORD_KEYS')
param clinics = [
  {
    slug: 'northside'
    name: 'Northside Care'
    timeZone: 'America/New_York'
    phone: '+12125550199'
    demonstration: true
  }
]
param clinicKeys = {
  northside: {
    clinician: readEnvironmentVariable('NORTHSIDE_CLINICIAN_KEY')
    director: readEnvironmentVariable('NORTHSIDE_DIRECTOR_KEY')
  }
}
